package org.tinytune.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * The raw values of many samples: one byte each while all are integers in [0, 255], otherwise one float each. What a
 * share of the heap cannot hold is in files that are mapped.
 *
 * <p>Values lie in blocks of about a million, so that a store grows without copying, and is never larger than what has
 * really been added.
 *
 * <p>Checked by: ValueStoreTest.
 */
final class ValueStore implements SampleStore {
    private static final int BLOCK_VALUES = 1 << 20;

    /** Of a file, in which many blocks are. */
    private static final int FILE_BYTES = 1 << 26;

    private final int sampleValues;
    private final int samplesPerBlock;
    private final long maxHeapBytes;
    private final ScratchFiles files;
    private final List<ByteBuffer> blocks = new ArrayList<>();
    private ByteBuffer mapped = ByteBuffer.allocate(0);
    private long heapBytes;
    private boolean inBytes = true;
    private int size;

    /**
     * That of this user: what is more than 256 MiB, or a quarter of the Java heap, is in files.
     *
     * @param sampleValues values of one sample, at least 1
     */
    ValueStore(int sampleValues) {
        this(
                sampleValues,
                Math.min(256L << 20, Runtime.getRuntime().maxMemory() / 4),
                new ScratchFiles(CacheFolder.ofUser(), "values"));
    }

    /**
     * @param sampleValues values of one sample, at least 1
     * @param maxHeapBytes what is more is in files
     */
    ValueStore(int sampleValues, long maxHeapBytes, ScratchFiles files) {
        this.sampleValues = sampleValues;
        this.samplesPerBlock = Math.max(1, BLOCK_VALUES / sampleValues);
        this.maxHeapBytes = maxHeapBytes;
        this.files = files;
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
        ByteBuffer block = blocks.get(blocks.size() - 1);
        if (inBytes) {
            for (int i = 0; i < sampleValues; i++) {
                block.put(at + i, (byte) (int) values[i]);
            }
        } else {
            block.asFloatBuffer().put(at, values, 0, sampleValues);
        }
        size++;
    }

    /** Adds a sample of unsigned bytes. */
    void add(byte[] values) {
        if (!inBytes) {
            float[] asFloats = new float[sampleValues];
            widen(ByteBuffer.wrap(values), 0, asFloats, 0, sampleValues);
            add(asFloats);
            return;
        }
        int at = slot();
        blocks.get(blocks.size() - 1).put(at, values, 0, sampleValues);
        size++;
    }

    @Override
    public void read(int sample, float[] into, int offset) {
        ByteBuffer block = blocks.get(sample / samplesPerBlock);
        int at = sample % samplesPerBlock * sampleValues;
        if (inBytes) {
            widen(block, at, into, offset, sampleValues);
        } else {
            block.asFloatBuffer().get(at, into, offset, sampleValues);
        }
    }

    /** Gives back the unused end of the last block. */
    void trim() {
        if (blocks.isEmpty()) {
            return;
        }
        int last = blocks.size() - 1;
        ByteBuffer used = blocks.get(last).slice(0, (size - samplesPerBlock * last) * sampleValues * width());
        blocks.set(last, used.isDirect() ? used.order(ByteOrder.nativeOrder()) : copy(used));
    }

    private static ByteBuffer copy(ByteBuffer bytes) {
        return ByteBuffer.allocate(bytes.capacity()).put(bytes).clear().order(ByteOrder.nativeOrder());
    }

    /** The kind of storage comes first, for it follows from the values alone. */
    @Override
    public void digest(MessageDigest digest) {
        digest.update((byte) (inBytes ? 'B' : 'F'));
        for (ByteBuffer block : blocks) {
            digest.update(inBytes ? block.duplicate() : bigEndian(block.asFloatBuffer()));
        }
    }

    private static ByteBuffer bigEndian(FloatBuffer floats) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(floats.capacity(), Float.BYTES));
        bytes.asFloatBuffer().put(floats);
        return bytes;
    }

    @Override
    public long storedBytes() {
        return (long) size * sampleValues * width();
    }

    private int width() {
        return inBytes ? 1 : Float.BYTES;
    }

    /** Where the next sample goes in the last block, which is added if need be. */
    private int slot() {
        int slot = size % samplesPerBlock;
        if (slot == 0) {
            blocks.add(block());
        }
        return slot * sampleValues;
    }

    private ByteBuffer block() {
        int bytes = Math.multiplyExact(samplesPerBlock * sampleValues, width());
        boolean onHeap = heapBytes + bytes <= maxHeapBytes;
        heapBytes += onHeap ? bytes : 0;
        return (onHeap ? ByteBuffer.allocate(bytes) : inFile(bytes)).order(ByteOrder.nativeOrder());
    }

    /** The next part of the latest file, or of a new one. */
    private ByteBuffer inFile(int bytes) {
        if (mapped.remaining() < bytes) {
            long all = (long) Math.max(1, FILE_BYTES / bytes) * bytes;
            mapped = files.map(all, all).get(0);
        }
        ByteBuffer block = mapped.slice(mapped.position(), bytes);
        mapped.position(mapped.position() + bytes);
        return block;
    }

    private void toFloats() {
        inBytes = false;
        for (int i = 0; i < blocks.size(); i++) {
            ByteBuffer from = blocks.get(i);
            heapBytes -= from.isDirect() ? 0 : from.capacity();
            ByteBuffer to = block();
            for (int v = 0; v < from.capacity(); v++) {
                to.putFloat(v * Float.BYTES, from.get(v) & 0xff);
            }
            blocks.set(i, to);
        }
        if (mapped.capacity() > 0) {
            // Files of bytes keep their room until they are collected, which a heap with room puts off.
            System.gc();
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

    private static void widen(ByteBuffer from, int at, float[] into, int offset, int n) {
        for (int i = 0; i < n; i++) {
            into[offset + i] = from.get(at + i) & 0xff;
        }
    }
}
