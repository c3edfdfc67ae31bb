package org.tinytune.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * Samples of int16 values, all there from the beginning: in memory, or in a file that is mapped into it and so may be
 * larger than the heap. Two bytes a value.
 */
public final class Int16Store implements SampleStore {
    private static final int BLOCK_VALUES = 1 << 20;

    private final int sampleValues;
    private final int samplesPerBlock;
    private final List<ShortBuffer> blocks;
    private final int size;
    private final byte[] sha256;

    /**
     * @param sampleValues values of one sample, at least 1
     * @param size number of samples, at least 1
     * @param blocks of whole samples, all as long as the first but perhaps the last; never written to again
     * @param sha256 of all values, each in little-endian order
     * @throws IllegalArgumentException if the blocks do not hold the samples
     */
    public Int16Store(int sampleValues, int size, List<ShortBuffer> blocks, byte[] sha256) {
        this.sampleValues = sampleValues;
        this.samplesPerBlock = blocks.get(0).capacity() / sampleValues;
        this.blocks = List.copyOf(blocks);
        this.size = size;
        this.sha256 = sha256.clone();
        long held = blocks.stream().mapToLong(ShortBuffer::capacity).sum();
        if (held != (long) size * sampleValues || samplesPerBlock < 1) {
            throw new IllegalArgumentException(held + " values for " + size + " samples of " + sampleValues);
        }
    }

    /** Receives samples, in any order and from any number of threads, each once. */
    public interface Sink {
        /** Keeps a copy of a sample's values. */
        void put(int sample, short[] values);
    }

    /** A sink in memory. */
    public static final class HeapSink implements Sink {
        private final int sampleValues;
        private final int samplesPerBlock;
        private final int size;
        private final List<short[]> blocks = new ArrayList<>();

        /**
         * Takes the memory at once.
         *
         * @param sampleValues values of one sample, at least 1
         * @param size number of samples, at least 1
         */
        public HeapSink(int sampleValues, int size) {
            this.sampleValues = sampleValues;
            this.samplesPerBlock = Math.max(1, BLOCK_VALUES / sampleValues);
            this.size = size;
            for (int first = 0; first < size; first += samplesPerBlock) {
                blocks.add(new short[Math.min(samplesPerBlock, size - first) * sampleValues]);
            }
        }

        @Override
        public void put(int sample, short[] values) {
            int at = sample % samplesPerBlock * sampleValues;
            System.arraycopy(values, 0, blocks.get(sample / samplesPerBlock), at, sampleValues);
        }

        /** The store, once all samples have been put. */
        public Int16Store store() {
            return new Int16Store(
                    sampleValues, size, blocks.stream().map(ShortBuffer::wrap).toList(), sha256(blocks));
        }
    }

    private static byte[] sha256(List<short[]> blocks) {
        MessageDigest digest = Sha256.create();
        ByteBuffer bytes = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
        int chunk = bytes.capacity() / Short.BYTES;
        for (short[] block : blocks) {
            for (int at = 0; at < block.length; at += chunk) {
                int n = Math.min(chunk, block.length - at);
                bytes.asShortBuffer().put(block, at, n);
                digest.update(bytes.array(), 0, Short.BYTES * n);
            }
        }
        return digest.digest();
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public void read(int sample, float[] into, int offset) {
        ShortBuffer block = blocks.get(sample / samplesPerBlock);
        int at = sample % samplesPerBlock * sampleValues;
        for (int v = 0; v < sampleValues; v++) { // absolute: threads share the buffer
            into[offset + v] = block.get(at + v);
        }
    }

    /** A digest of the values stands for them, so that a mapped file need not be read again for it. */
    @Override
    public void digest(MessageDigest digest) {
        digest.update((byte) 'S');
        digest.update(sha256);
    }

    @Override
    public long storedBytes() {
        return (long) size * sampleValues * Short.BYTES;
    }
}
