package org.tinytune.cli.output;

import java.io.PrintStream;

/**
 * Says on standard error how far a command has come: on a terminal in one live line, elsewhere in one line for each
 * thing that is begun. Any thread may tell.
 */
public final class ProgressLine implements Progress, AutoCloseable {
    private static final long REDRAW_NANOS = 100_000_000;
    private static final String PREFIX = "tinytune: ";

    private final LiveLine line;
    private String work = "";
    private long drawnAt;

    /** On the user's standard error. */
    public ProgressLine() {
        this(new LiveLine());
    }

    /**
     * @param err where the line goes
     * @param terminal whether that is a terminal
     */
    public ProgressLine(PrintStream err, boolean terminal) {
        this(new LiveLine(err, terminal));
    }

    private ProgressLine(LiveLine line) {
        this.line = line;
    }

    @Override
    public synchronized void begin(String newWork) {
        work = newWork;
        if (line.isLive()) {
            draw("");
        } else {
            line.println(PREFIX + work);
        }
    }

    @Override
    public synchronized void update(int done, int total) {
        if (done == total || System.nanoTime() - drawnAt >= REDRAW_NANOS) {
            draw(": " + done + " of " + total);
        }
    }

    /** Something that the user should know stays on the screen. */
    public void note(String text) {
        line.println(PREFIX + "note: " + text);
    }

    /** Removes the line. */
    @Override
    public void close() {
        line.close();
    }

    private void draw(String howFar) {
        line.update(PREFIX + work + howFar);
        drawnAt = System.nanoTime();
    }
}
