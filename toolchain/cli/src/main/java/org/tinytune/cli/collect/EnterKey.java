package org.tinytune.cli.collect;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;

/** Tells whether Enter was pressed to one that cannot wait for it. */
final class EnterKey {
    private final AtomicInteger presses = new AtomicInteger();
    private volatile boolean ended;

    /** @param in standard input; read by nobody else */
    EnterKey(InputStream in) {
        Thread reader = new Thread(() -> read(in), "enter key");
        reader.setDaemon(true);
        reader.start();
    }

    private void read(InputStream in) {
        try {
            for (int c = in.read(); c >= 0; c = in.read()) {
                if (c == '\n') {
                    presses.incrementAndGet();
                }
            }
        } catch (IOException e) {
            // A terminal that is gone has ended.
            System.getLogger(EnterKey.class.getName()).log(System.Logger.Level.DEBUG, "standard input", e);
        } finally {
            ended = true;
        }
    }

    /**
     * Whether it was pressed; each press counts once. Asked by one thread.
     *
     * @throws TinytuneException with {@link ExitCode#USAGE} if it was not and never will be
     */
    boolean pressed() {
        boolean wasEnded = ended; // before the presses are looked at: the last one may have come just now
        if (presses.get() > 0) {
            presses.decrementAndGet();
            return true;
        }
        if (wasEnded) {
            throw new TinytuneException(
                    ExitCode.USAGE, "standard input has ended, so that nobody can press Enter (leave out --prompt)");
        }
        return false;
    }
}
