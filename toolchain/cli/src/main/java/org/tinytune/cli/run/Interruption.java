package org.tinytune.cli.run;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a long command end in good order on Ctrl-C: it is asked to stop, and the JVM waits until it has, for a bounded
 * time. The JVM then ends with the exit code of the signal, 130.
 */
public final class Interruption implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 45;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook;

    private Interruption(Runnable requestStop) {
        hook = new Thread(() -> {
            requestStop.run();
            awaitDone();
        });
    }

    /** From now on, the end of the JVM is announced by {@code requestStop} and waits for {@link #close}. */
    public static Interruption install(Runnable requestStop) {
        Interruption interruption = new Interruption(requestStop);
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    private void awaitDone() {
        try {
            boolean inTime = done.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!inTime) {
                System.err.println("tinytune: it did not stop in time and is ended where it is");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending already: the hook has run or is waiting for the line above.
            assert !hook.getState().equals(Thread.State.NEW);
        }
    }
}
