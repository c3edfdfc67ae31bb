package org.tinytune.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;

/**
 * Threads that share work of independent parts, the calling one among them. Its outcome is as if the parts had been
 * done one after the other.
 *
 * <p>Checked by: ParallelTest.
 *
 * @param threads 1 or more
 * @param stop asked before every part
 */
public record Parallel(int threads, BooleanSupplier stop) {
    /** @throws IllegalArgumentException if there are no threads */
    public Parallel {
        if (threads < 1) {
            throw new IllegalArgumentException(threads + " threads");
        }
    }

    /** Nobody stops them. */
    public static Parallel of(int threads) {
        return new Parallel(threads, () -> false);
    }

    /** As many as the machine runs at once; nobody stops them. */
    public static Parallel ofMachine() {
        return of(Runtime.getRuntime().availableProcessors());
    }

    /**
     * Results in order. Of several failures, that of the first part is thrown.
     *
     * @param count of the parts
     * @throws CancellationException if {@code stop} said so
     */
    public <T> List<T> map(int count, IntFunction<T> work) {
        List<T> results = new ArrayList<>(Collections.nCopies(count, null));
        forEach(count, part -> results.set(part, work.apply(part)));
        return results;
    }

    /**
     * Does all parts. Of several failures, that of the first part is thrown.
     *
     * @param count of them
     * @throws CancellationException if {@code stop} said so
     */
    public void forEach(int count, IntConsumer work) {
        Run run = new Run(count, stop, work);
        List<Thread> helpers = new ArrayList<>();
        for (int i = 1; i < Math.min(threads, count); i++) {
            Thread helper = new Thread(run, "tinytune-parallel-" + i);
            helper.setDaemon(true);
            helper.start();
            helpers.add(helper);
        }
        run.run();
        helpers.forEach(Parallel::join);
        run.end();
    }

    /** An interruption is kept for whoever asks for it: no part may go on behind the caller's back. */
    private static void join(Thread helper) {
        boolean interrupted = false;
        while (helper.isAlive()) {
            try {
                helper.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** What the threads share. As parts are taken in order, all before one that fails are done. */
    private static final class Run implements Runnable {
        private final int count;
        private final BooleanSupplier stop;
        private final IntConsumer work;
        private final AtomicInteger next = new AtomicInteger();
        private volatile boolean stopped;
        private volatile Throwable failure;
        private int failed;

        Run(int count, BooleanSupplier stop, IntConsumer work) {
            this.count = count;
            this.stop = stop;
            this.work = work;
        }

        @Override
        public void run() {
            while (failure == null && !stopped && next.get() < count) {
                if (stop.getAsBoolean()) {
                    stopped = true;
                    return;
                }
                int part = next.getAndIncrement();
                if (part < count) {
                    run(part);
                }
            }
        }

        private void run(int part) {
            try {
                work.accept(part);
            } catch (RuntimeException | Error e) {
                fail(part, e);
            }
        }

        private synchronized void fail(int part, Throwable thrown) {
            if (failure == null || part < failed) {
                failed = part;
                failure = thrown;
            }
        }

        void end() {
            if (failure instanceof RuntimeException exception) {
                throw exception;
            }
            if (failure instanceof Error error) {
                throw error;
            }
            if (stopped) {
                throw new CancellationException("stopped");
            }
        }
    }
}
