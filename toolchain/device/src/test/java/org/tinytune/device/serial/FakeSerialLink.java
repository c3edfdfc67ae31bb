package org.tinytune.device.serial;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;

/**
 * A serial line in memory with a device at its other end, and with the faults that real lines have. Nothing waits: a
 * silent device is silent at once.
 */
public final class FakeSerialLink implements SerialLink {
    /** The other end. */
    public interface Device {
        /** Takes a byte from the host; what the device answers goes to the line. */
        void receive(byte b, FakeSerialLink line);

        /** The board's reset line was pulsed. */
        default void reset(FakeSerialLink line) {}
    }

    private final Device device;
    private final Deque<Byte> toHost = new ArrayDeque<>();
    private long bytesUntilCut = Long.MAX_VALUE;
    private SplittableRandom noise = new SplittableRandom(0);
    private double noiseRate;
    private boolean slow;
    private int resets;

    public FakeSerialLink(Device device) {
        this.device = device;
    }

    /** The line is gone after so many bytes in either direction. */
    public FakeSerialLink cutAfter(long bytes) {
        bytesUntilCut = bytes;
        return this;
    }

    /** A bit of a byte to the host flips, with a probability per byte. */
    public FakeSerialLink noisy(double rate, long seed) {
        noiseRate = rate;
        noise = new SplittableRandom(seed);
        return this;
    }

    /** Bytes to the host come one by one. */
    public FakeSerialLink slow() {
        slow = true;
        return this;
    }

    /** How often the board was reset. */
    public int resets() {
        return resets;
    }

    /** The device sends. */
    public void send(byte... bytes) {
        for (byte b : bytes) {
            boolean flipped = noiseRate > 0 && noise.nextDouble() < noiseRate;
            toHost.add(flipped ? (byte) (b ^ 1 << noise.nextInt(8)) : b);
        }
    }

    @Override
    public String port() {
        return "/dev/fake";
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        for (byte b : bytes) {
            pass();
            device.receive(b, this);
        }
    }

    @Override
    public byte[] read(Duration timeout) throws IOException {
        int count = slow ? Math.min(1, toHost.size()) : toHost.size();
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            pass();
            bytes[i] = toHost.remove();
        }
        return bytes;
    }

    @Override
    public void discardInput() {
        toHost.clear();
    }

    @Override
    public void resetBoard() {
        resets++;
        toHost.clear();
        device.reset(this);
    }

    @Override
    public void close() {
        toHost.clear();
    }

    private void pass() throws IOException {
        if (bytesUntilCut-- <= 0) {
            throw new IOException(port() + ": the line is gone");
        }
    }
}
