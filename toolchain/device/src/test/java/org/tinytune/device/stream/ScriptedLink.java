package org.tinytune.device.stream;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.IntFunction;
import org.tinytune.device.serial.SerialLink;

/** A serial line on which bytes come at stated times, by a clock that goes on only while somebody waits. */
final class ScriptedLink implements SerialLink {
    private record Chunk(long nanos, byte[] bytes) {}

    private final Deque<Chunk> toCome = new ArrayDeque<>();
    private long now;

    /** The bytes of this text come at that time, not before the last ones. */
    ScriptedLink at(double seconds, String text) {
        toCome.add(new Chunk(Math.round(seconds * 1e9), text.getBytes(StandardCharsets.UTF_8)));
        return this;
    }

    /** Lines that come one by one, at that rate. */
    ScriptedLink lines(double fromSeconds, double hz, int count, IntFunction<String> line) {
        for (int i = 0; i < count; i++) {
            at(fromSeconds + i / hz, line.apply(i) + "\r\n");
        }
        return this;
    }

    TimedLines timedLines() {
        return new TimedLines(this, () -> now);
    }

    @Override
    public String port() {
        return "/dev/scripted";
    }

    @Override
    public void write(byte[] bytes) {
        throw new UnsupportedOperationException("nothing is sent to a sketch");
    }

    @Override
    public byte[] read(Duration timeout) {
        long deadline = now + timeout.toNanos();
        if (toCome.isEmpty() || toCome.peek().nanos() > deadline) {
            now = deadline;
            return new byte[0];
        }
        Chunk chunk = toCome.remove();
        now = Math.max(now, chunk.nanos());
        return chunk.bytes();
    }

    @Override
    public void discardInput() {
        toCome.clear();
    }

    @Override
    public void resetBoard() {
        throw new UnsupportedOperationException("nobody resets a board while it is recorded");
    }

    @Override
    public void close() {
        toCome.clear();
    }
}
