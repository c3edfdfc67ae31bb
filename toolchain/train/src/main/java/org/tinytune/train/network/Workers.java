package org.tinytune.train.network;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that share the units of a piece of work: the calling thread, and helpers that wait for more, spinning for a
 * while and then asleep. With one thread there is nothing to wait for, and nothing is.
 */
public final class Workers implements AutoCloseable {
    /** Turns of waiting before a thread gives its core away: some ten microseconds, more than most stages differ. */
    private static final int SPINS = 10_000;

    private static final long NAP_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    private final List<Thread> helpers = new ArrayList<>();
    private final AtomicInteger nextUnit = new AtomicInteger();
    private final AtomicInteger busyHelpers = new AtomicInteger();
    private volatile int generation;
    private volatile boolean closed;
    private volatile Throwable failure;
    private UnitTask task;
    private int units;

    /** One unit of a piece of work. */
    @FunctionalInterface
    public interface UnitTask {
        /**
         * Does it.
         *
         * @param unit which one
         * @param worker which thread: one of 0 to {@link #threads} - 1, nobody else's meanwhile
         */
        void run(int unit, int worker);
    }

    /** @param threads 1 or more, the calling one among them */
    public Workers(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException(threads + " threads");
        }
        for (int i = 1; i < threads; i++) {
            int worker = i;
            Thread helper = new Thread(() -> help(worker), "tinytune-train-" + worker);
            helper.setDaemon(true);
            helpers.add(helper);
            helper.start();
        }
    }

    /** Threads that share the work. */
    public int threads() {
        return helpers.size() + 1;
    }

    /** Does all units, and returns when they are done. */
    public void run(int count, UnitTask work) {
        if (helpers.isEmpty() || count == 1) {
            for (int unit = 0; unit < count; unit++) {
                work.run(unit, 0);
            }
            return;
        }
        task = work;
        units = count;
        nextUnit.set(0);
        busyHelpers.set(helpers.size());
        generation++;
        helpers.forEach(LockSupport::unpark);
        takeUnits(0);
        int spins = 0;
        while (busyHelpers.get() > 0) {
            pause(spins++);
        }
        rethrow();
    }

    private void takeUnits(int worker) {
        try {
            for (int unit = nextUnit.getAndIncrement(); unit < units; unit = nextUnit.getAndIncrement()) {
                task.run(unit, worker);
            }
        } catch (RuntimeException | Error e) {
            failure = e;
        }
    }

    private void rethrow() {
        Throwable thrown = failure;
        failure = null;
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
    }

    private void help(int worker) {
        int seen = 0;
        int spins = 0;
        while (!closed) {
            if (generation == seen) {
                pause(spins++);
            } else {
                seen++;
                spins = 0;
                takeUnits(worker);
                busyHelpers.decrementAndGet();
            }
        }
    }

    private static void pause(int spins) {
        if (spins < SPINS) {
            Thread.onSpinWait();
        } else {
            LockSupport.parkNanos(NAP_NANOS);
        }
    }

    /** Ends the helpers. */
    @Override
    public void close() {
        closed = true;
        helpers.forEach(LockSupport::unpark);
    }
}
