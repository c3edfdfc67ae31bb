package org.tinytune.train.network;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that share the units of a piece of work: the calling thread, and helpers that wait for more, spinning for a
 * while and then asleep. With one thread there is nothing to wait for, and nothing is.
 *
 * <p>Every thread begins with a part of the units that is the same in every piece of work of as many units, so that
 * what it reads is in its own cache; whoever is done takes over what others have not begun.
 */
public final class Workers implements AutoCloseable {
    /**
     * Looks at what a thread waits for before it gives its core away: some ten microseconds, more than stages differ.
     */
    private static final int LOOKS = 100_000;

    /** Looks between two pauses; hypervisors take a core away from whoever pauses again and again. */
    private static final int LOOKS_BEFORE_PAUSE = 64;

    private static final long END_MILLIS = 1000;

    private static final long NAP_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    /** Numbers of one thread are as far from those of the next as caches need to keep them apart. */
    private static final int PITCH = 32;

    private final List<Thread> helpers = new ArrayList<>();
    private final int threads;
    /** By thread: the next unit of its part. */
    private final AtomicIntegerArray next;
    /** By thread: the piece of work that it has finished last. */
    private final AtomicIntegerArray finished;
    /** By thread: 1 while it sleeps. */
    private final AtomicIntegerArray asleep;

    private volatile int generation;
    private volatile boolean closed;
    private volatile Throwable failure;
    private UnitTask task;
    private int units;
    private boolean single;

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
        this.threads = threads;
        this.single = threads == 1;
        this.next = new AtomicIntegerArray((threads + 1) * PITCH);
        this.finished = new AtomicIntegerArray((threads + 1) * PITCH);
        this.asleep = new AtomicIntegerArray((threads + 1) * PITCH);
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
        return threads;
    }

    /**
     * How many threads share the work from now on.
     *
     * @param count all, or 1
     */
    void use(int count) {
        if (count != 1 && count != threads) {
            throw new IllegalArgumentException(count + " of " + threads + " threads");
        }
        single = count == 1;
    }

    /** Does all units, and returns when they are done. */
    public void run(int count, UnitTask work) {
        if (single || count == 1) {
            for (int unit = 0; unit < count; unit++) {
                work.run(unit, 0);
            }
            return;
        }
        task = work;
        units = count;
        for (int worker = 0; worker < threads; worker++) {
            next.setPlain(at(worker), first(worker));
        }
        int piece = generation + 1;
        generation = piece;
        for (int worker = 1; worker < threads; worker++) {
            if (asleep.get(at(worker)) != 0) {
                LockSupport.unpark(helpers.get(worker - 1));
            }
        }
        takeUnits(0);
        for (int worker = 1; worker < threads; worker++) {
            int looks = 0;
            while (finished.getAcquire(at(worker)) != piece) {
                pause(looks++);
            }
        }
        rethrow();
    }

    private static int at(int worker) {
        return (worker + 1) * PITCH;
    }

    private int first(int worker) {
        return (int) ((long) worker * units / threads);
    }

    /** Those of a thread's own part, and then those of the parts behind it. */
    private void takeUnits(int worker) {
        try {
            for (int i = 0; i < threads; i++) {
                int part = (worker + i) % threads;
                int end = first(part + 1);
                for (int unit = take(part, end); unit < end; unit = take(part, end)) {
                    task.run(unit, worker);
                }
            }
        } catch (RuntimeException | Error e) {
            failure = e;
        }
    }

    private int take(int part, int end) {
        return next.getPlain(at(part)) < end ? next.getAndIncrement(at(part)) : end;
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
        int looks = 0;
        while (!closed) {
            if (generation == seen) {
                if (looks < LOOKS) {
                    pause(looks++);
                } else {
                    sleep(worker, seen);
                }
            } else {
                seen++;
                looks = 0;
                takeUnits(worker);
                finished.setRelease(at(worker), seen);
            }
        }
    }

    /** Until there is something to do, or a while. */
    private void sleep(int worker, int seen) {
        asleep.set(at(worker), 1);
        if (generation == seen) {
            LockSupport.parkNanos(NAP_NANOS);
        }
        asleep.set(at(worker), 0);
    }

    private static void pause(int looks) {
        if (looks >= LOOKS) {
            LockSupport.parkNanos(NAP_NANOS);
        } else if (looks % LOOKS_BEFORE_PAUSE == LOOKS_BEFORE_PAUSE - 1) {
            Thread.onSpinWait();
        }
    }

    /** Ends the helpers, which hold on to nothing then. */
    @Override
    public void close() {
        closed = true;
        helpers.forEach(LockSupport::unpark);
        helpers.forEach(Workers::join);
    }

    /** Waits until a helper has ended, for a while at most: it has nothing to do any more. */
    private static void join(Thread helper) {
        try {
            helper.join(END_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
