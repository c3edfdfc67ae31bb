package org.tinytune.device.serial;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Takes a line's bytes in the portions that a protocol needs, each within a time. */
public final class LinkReader {
    private final SerialLink link;
    private byte[] pending = new byte[0];
    private int next;

    /** @param link read by nobody else */
    public LinkReader(SerialLink link) {
        this.link = link;
    }

    /**
     * Reads a fixed number of bytes.
     *
     * @throws SilenceException if they do not come within the time
     * @throws IOException if the line is gone
     */
    public byte[] exactly(int count, Duration timeout) throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = next(deadline);
        }
        return bytes;
    }

    /**
     * Reads a line of text without its end, which is a line feed that a carriage return may precede.
     *
     * @throws SilenceException if it does not end within the time
     * @throws IOException if the line is gone
     */
    public String line(Duration timeout) throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (byte b = next(deadline); b != '\n'; b = next(deadline)) {
            if (b != '\r') {
                text.write(b);
            }
        }
        return text.toString(StandardCharsets.ISO_8859_1);
    }

    /**
     * Drops everything that has come so far.
     *
     * @throws IOException if the line is gone
     */
    public void discard() throws IOException {
        next = pending.length;
        link.discardInput();
    }

    private byte next(long deadline) throws IOException {
        if (next == pending.length) {
            pending = link.read(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
            next = 0;
            if (pending.length == 0) {
                throw new SilenceException(link.port() + ": no answer");
            }
        }
        return pending[next++];
    }
}
