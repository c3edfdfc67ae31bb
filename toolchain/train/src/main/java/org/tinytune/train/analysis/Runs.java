package org.tinytune.train.analysis;

/** Runs something again and again, by the clock. */
final class Runs {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Runnable work;

    Runs(Runnable work) {
        this.work = work;
    }

    /** Runs for some time, and once at least; returns the seconds of a run in the mean. */
    double during(double seconds) {
        long began = System.nanoTime();
        int runs = 0;
        double spent;
        do {
            work.run();
            runs++;
            spent = (System.nanoTime() - began) / NANOS_PER_SECOND;
        } while (spent < seconds);
        return spent / runs;
    }

    /** The same; returns the seconds of the fastest run. */
    double fastest(double seconds) {
        long began = System.nanoTime();
        long fastest = Long.MAX_VALUE;
        long before = began;
        do {
            work.run();
            long now = System.nanoTime();
            fastest = Math.min(fastest, now - before);
            before = now;
        } while ((before - began) / NANOS_PER_SECOND < seconds);
        return fastest / NANOS_PER_SECOND;
    }
}
