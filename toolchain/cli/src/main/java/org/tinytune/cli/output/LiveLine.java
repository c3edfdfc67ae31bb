package org.tinytune.cli.output;

import java.io.PrintStream;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * How long work goes on: on a terminal one line of standard error that is written anew in place, elsewhere plain lines.
 *
 * <p>Whoever starts the JVM knows whether standard error is a terminal, and says so in the system property
 * {@value #TERMINAL}.
 */
public final class LiveLine implements AutoCloseable {
    /** System property: {@code true} if standard error is a terminal. */
    public static final String TERMINAL = "tinytune.terminal";

    private static final String CLEAR = "\r\u001B[K";

    private final PrintStream err;
    private final boolean terminal;
    private String shown = "";

    /** On standard error. */
    public LiveLine() {
        this(System.err, Boolean.getBoolean(TERMINAL));
    }

    /**
     * @param err where the line goes
     * @param terminal whether that is a terminal
     */
    public LiveLine(PrintStream err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    /** Whether the line can be written anew; where not, callers had better say less. */
    public boolean isLive() {
        return terminal;
    }

    /**
     * Shows this in place of what the line showed before; without a terminal, does nothing.
     *
     * @param text short enough for one line of a terminal
     */
    public synchronized void update(String text) {
        if (terminal) {
            shown = text;
            err.print(CLEAR + text);
            err.flush();
        }
    }

    /** Prints a line that stays. */
    public synchronized void println(String line) {
        if (terminal) {
            err.print(CLEAR);
        }
        err.println(line);
        update(shown);
    }

    /**
     * Does work and shows how many seconds it has taken so far; without a terminal, only does it.
     *
     * @param what is done
     * @param work runs on this thread
     * @return what the work results in
     */
    public <T> T during(String what, Supplier<T> work) {
        AtomicInteger seconds = new AtomicInteger();
        update(what);
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        Runnable tick = () -> {
            synchronized (this) {
                if (!clock.isShutdown()) {
                    update(what + " " + seconds.incrementAndGet() + " s");
                }
            }
        };
        try {
            ScheduledFuture<?> unused = clock.scheduleAtFixedRate(tick, 1, 1, TimeUnit.SECONDS);
            return work.get();
        } finally {
            synchronized (this) {
                clock.shutdownNow();
                close();
            }
        }
    }

    /** Removes the line. */
    @Override
    public synchronized void close() {
        if (!shown.isEmpty()) {
            update("");
        }
    }
}
