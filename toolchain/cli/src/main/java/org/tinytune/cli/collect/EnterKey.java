package org.tinytune.cli.collect;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;

/** Tells when Enter was pressed to those who cannot wait for it. */
final class EnterKey {
    private static final int ENDED = -1;

    private final AtomicInteger presses = new AtomicInteger();

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
            throw new UncheckedIOException(e);
        } finally {
            presses.compareAndSet(0, ENDED);
        }
    }

    /**
     * Whether it was pressed since the last time that this was true.
     *
     * @throws TinytuneException with {@link ExitCode#USAGE} if standard input has ended
     */
    boolean pressed() {
        int now = presses.get();
        if (now == ENDED) {
            throw new TinytuneException(ExitCode.USAGE, "nobody can press Enter here (leave out --prompt)");
        }
        return now > 0 && presses.compareAndSet(now, now - 1);
    }
}
