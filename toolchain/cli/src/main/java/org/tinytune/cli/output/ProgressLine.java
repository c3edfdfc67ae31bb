package org.tinytune.cli.output;

import java.io.PrintStream;

/**
 * Says on standard error how far a command has come: one line that is written anew on a terminal, elsewhere one line
 * for each thing that is begun. Any thread may tell.
 */
public final class ProgressLine implements Progress, AutoCloseable {
    private static final long REDRAW_NANOS = 100_000_000;
    private static final String ERASE = "\r\033[K";

    private final PrintStream err;
    private final boolean terminal;
    private String work = "";
    private long drawnAt;

    /**
     * @param err where the line goes
     * @param terminal whether that is a terminal
     */
    public ProgressLine(PrintStream err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    /** On the user's standard error, in the form that suits what that is. */
    public static ProgressLine onStandardError() {
        return new ProgressLine(System.err, Terminal.isError());
    }

    @Override
    public synchronized void begin(String newWork) {
        work = newWork;
        if (terminal) {
            draw(work);
        } else {
            err.println("tinytune: " + work);
        }
    }

    @Override
    public synchronized void update(int done, int total) {
        boolean due = done == total || System.nanoTime() - drawnAt >= REDRAW_NANOS;
        if (terminal && due) {
            draw(work + ": " + done + " of " + total);
        }
    }

    /** Something that the user should know stays on the screen. */
    public synchronized void note(String text) {
        err.println((terminal ? ERASE : "") + "tinytune: note: " + text);
    }

    /** Clears the line. */
    @Override
    public synchronized void close() {
        if (terminal) {
            err.print(ERASE);
            err.flush();
        }
    }

    private void draw(String text) {
        err.print(ERASE + "tinytune: " + text);
        err.flush();
        drawnAt = System.nanoTime();
    }
}
