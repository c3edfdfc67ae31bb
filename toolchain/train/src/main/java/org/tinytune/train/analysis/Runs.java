package org.tinytune.train.analysis;

import java.util.function.LongSupplier;

/** Runs something again and again, by the clock. */
final class Runs {
    private static final double NANOS_PER_SECOND = 1e9;

    /** A round that takes less of the time of the one before it shows that compilers are at work still. */
    private static final double STEADY = 0.9;

    private static final int MAX_WARM_UPS = 10;

    private final Runnable work;

    private final LongSupplier nanos;

    Runs(Runnable work) {
        this(work, System::nanoTime);
    }

    /** @param nanos the clock */
    Runs(Runnable work, LongSupplier nanos) {
        this.work = work;
        this.nanos = nanos;
    }

    /** Runs for some time, and once at least; returns the seconds of a run in the mean. */
    double during(double seconds) {
        long began = nanos.getAsLong();
        int runs = 0;
        double spent;
        do {
            work.run();
            runs++;
            spent = (nanos.getAsLong() - began) / NANOS_PER_SECOND;
        } while (spent < seconds);
        return spent / runs;
    }

    /** Runs for some time, and again until runs get no faster by that, ten times at most. */
    void warmUp(double seconds) {
        double before = during(seconds);
        for (int i = 1; i < MAX_WARM_UPS; i++) {
            double now = during(seconds);
            if (now > STEADY * before) {
                return;
            }
            before = now;
        }
    }

    /** Runs for some time, and once at least; returns the seconds of the fastest run. */
    double fastest(double seconds) {
        long began = nanos.getAsLong();
        long fastest = Long.MAX_VALUE;
        long before = began;
        do {
            work.run();
            long now = nanos.getAsLong();
            fastest = Math.min(fastest, now - before);
            before = now;
        } while ((before - began) / NANOS_PER_SECOND < seconds);
        return fastest / NANOS_PER_SECOND;
    }
}
