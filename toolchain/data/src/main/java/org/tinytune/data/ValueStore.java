package org.tinytune.data;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;

/**
 * The raw values of many samples: one byte each while all are integers in [0, 255], otherwise one float each.
 *
 * <p>Values lie in blocks of about a million, so that a store grows without copying, and is never larger than what has
 * really been added.
 */
final class ValueStore implements SampleStore {
    /** More than this is refused, however large the heap is. */
    private static final long MAX_BYTES = 512L << 20;

    private static final int BLOCK_VALUES = 1 << 20;

    private final int sampleValues;
    private final int samplesPerBlock;
    private final List<byte[]> bytes = new ArrayList<>();
    private final List<float[]> floats = new ArrayList<>();
    private boolean inBytes = true;
    private int size;

    /** @param sampleValues values of one sample, at least 1 */
    ValueStore(int sampleValues) {
        this.sampleValues = sampleValues;
        this.samplesPerBlock = Math.max(1, BLOCK_VALUES / sampleValues);
    }

    @Override
    public int size() {
        return size;
    }

    /** Adds a sample of any finite values. */
    void add(float[] values) {
        if (inBytes && !allBytes(values)) {
            toFloats();
        }
        int at = slot();
        if (inBytes) {
            byte[] block = bytes.get(bytes.size() - 1);
            for (int i = 0; i < sampleValues; i++) {
                block[at + i] = (byte) (int) values[i];
            }
        } else {
            System.arraycopy(values, 0, floats.get(floats.size() - 1), at, sampleValues);
        }
        size++;
    }

    /** Adds a sample of unsigned bytes. */
    void add(byte[] values) {
        if (!inBytes) {
            float[] asFloats = new float[sampleValues];
            widen(values, 0, asFloats, 0, sampleValues);
            add(asFloats);
            return;
        }
        int at = slot();
        System.arraycopy(values, 0, bytes.get(bytes.size() - 1), at, sampleValues);
        size++;
    }

    @Override
    public void read(int sample, float[] into, int offset) {
        int block = sample / samplesPerBlock;
        int at = sample % samplesPerBlock * sampleValues;
        if (inBytes) {
            widen(bytes.get(block), at, into, offset, sampleValues);
        } else {
            System.arraycopy(floats.get(block), at, into, offset, sampleValues);
        }
    }

    /** Gives back the unused end of the last block. */
    void trim() {
        int used = size - samplesPerBlock * (Math.max(bytes.size(), floats.size()) - 1);
        if (!bytes.isEmpty()) {
            bytes.add(Arrays.copyOf(bytes.remove(bytes.size() - 1), used * sampleValues));
        }
        if (!floats.isEmpty()) {
            floats.add(Arrays.copyOf(floats.remove(floats.size() - 1), used * sampleValues));
        }
    }

    /** The kind of storage comes first, for it follows from the values alone. */
    @Override
    public void digest(MessageDigest digest) {
        digest.update((byte) (inBytes ? 'B' : 'F'));
        for (byte[] block : bytes) {
            digest.update(block);
        }
        for (float[] block : floats) {
            ByteBuffer buffer = ByteBuffer.allocate(Math.multiplyExact(block.length, Float.BYTES));
            buffer.asFloatBuffer().put(block);
            digest.update(buffer);
        }
    }

    @Override
    public long storedBytes() {
        return (long) size * sampleValues * (inBytes ? 1 : Float.BYTES);
    }

    /** Where the next sample goes in the last block, which is added if need be. */
    private int slot() {
        int slot = size % samplesPerBlock;
        if (slot == 0) {
            int values = samplesPerBlock * sampleValues;
            checkRoom((long) size * sampleValues + values, inBytes ? 1 : Float.BYTES);
            if (inBytes) {
                bytes.add(new byte[values]);
            } else {
                floats.add(new float[values]);
            }
        }
        return slot * sampleValues;
    }

    private void toFloats() {
        checkRoom((long) bytes.size() * samplesPerBlock * sampleValues, Float.BYTES);
        for (int i = 0; i < bytes.size(); i++) {
            byte[] from = bytes.set(i, null);
            float[] to = new float[from.length];
            widen(from, 0, to, 0, from.length);
            floats.add(to);
        }
        bytes.clear();
        inBytes = false;
    }

    private static void checkRoom(long values, int bytesPerValue) {
        long limit = Math.min(MAX_BYTES, Runtime.getRuntime().maxMemory() / 2);
        if (values * bytesPerValue > limit) {
            throw new TinytuneException(
                    ExitCode.INVALID_INPUT,
                    "the data set holds more than " + (limit >> 20) + " MiB of values (the limit is 512 MiB, or half of"
                            + " the Java heap: use fewer or smaller samples, or a larger heap)");
        }
    }

    private static boolean allBytes(float[] values) {
        for (float v : values) {
            if (!(v >= 0 && v <= 255) || v != (int) v) {
                return false;
            }
        }
        return true;
    }

    private static void widen(byte[] from, int at, float[] into, int offset, int n) {
        for (int i = 0; i < n; i++) {
            into[offset + i] = from[at + i] & 0xff;
        }
    }
}
