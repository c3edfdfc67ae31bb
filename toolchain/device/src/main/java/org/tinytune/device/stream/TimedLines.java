package org.tinytune.device.stream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.tinytune.device.serial.SerialLink;
import org.tinytune.device.serial.SilenceException;

/** Lines of text from a serial line, each with the time at which its end came. Empty lines are left out. */
public final class TimedLines {
    /** Of a line; what is longer comes in pieces, which are no readings. */
    private static final int MAX_BYTES = 1024;

    private final SerialLink link;
    private final LongSupplier clock;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private byte[] chunk = new byte[0];
    private int next;
    private long arrivedNanos;

    /**
     * A line.
     *
     * @param text without its end
     * @param arrivedNanos when its end came, by the clock
     */
    record Line(String text, long arrivedNanos) {}

    /** @param link read by nobody else */
    public TimedLines(SerialLink link) {
        this(link, System::nanoTime);
    }

    /** @param clock in nanoseconds from any beginning */
    TimedLines(SerialLink link, LongSupplier clock) {
        this.link = link;
        this.clock = clock;
    }

    /** What the user calls the line. */
    String port() {
        return link.port();
    }

    /** Now, by the clock. */
    long nanos() {
        return clock.getAsLong();
    }

    /**
     * The next line.
     *
     * @throws SilenceException if none ends within the time; what has come of it is kept for the next call
     * @throws IOException if the line is gone
     */
    Line next(Duration patience) throws IOException {
        long deadline = nanos() + patience.toNanos();
        while (true) {
            while (next < chunk.length) {
                byte b = chunk[next++];
                if (b != '\n' && b != '\r') {
                    begun.write(b);
                }
                if (begun.size() > 0 && (b == '\n' || begun.size() == MAX_BYTES)) {
                    String text = begun.toString(StandardCharsets.UTF_8);
                    begun.reset();
                    return new Line(text, arrivedNanos);
                }
            }
            long left = deadline - nanos();
            chunk = left > 0 ? link.read(Duration.ofNanos(left)) : new byte[0];
            next = 0;
            arrivedNanos = nanos();
            if (chunk.length == 0) {
                throw new SilenceException(
                        begun.size() == 0 ? "nothing comes" : "bytes come, but no line of text ends");
            }
        }
    }
}
