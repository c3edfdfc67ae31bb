package org.tinytune.core.dsp;

/**
 * The mean of a long sum as a normalized number: {@code value · 2^-shift}. A core without a division of 64 bits finds
 * it in two divisions of 32 bits by 16.
 *
 * @param value in [2^30, 2^32), or 0
 * @param shift even, in [0, 62]
 */
public record ScaledMean(long value, int shift) {
    /** Of more elements an unsigned sum of 2^30 each would not leave room for its normalization. */
    public static final int MAX_COUNT = 1 << 14;

    private static final int LEAST_BITS = 30;

    /**
     * The mean of that sum, rounded down.
     *
     * @param sum in [0, count · 2^30]
     * @param count in [1, {@link #MAX_COUNT}]
     */
    public static ScaledMean of(long sum, int count) {
        if (sum == 0) {
            return new ScaledMean(0, 0);
        }
        int shift = 0;
        while (sum << shift < (long) count << LEAST_BITS) {
            shift += 2;
        }
        return new ScaledMean((sum << shift) / count, shift);
    }

    /** The square root of {@link #value}, to the nearest and at most 2^16 - 1; its shift is half of this one's. */
    public int root() {
        int root = (int) StrictMath.sqrt((double) value);
        long rest = value - (long) root * root;
        return rest > root ? Math.min(root + 1, 0xFFFF) : root;
    }

    /** The upper half of {@link #value}, rounded to the nearest and at most 2^16 - 1. */
    public int upperHalf() {
        return (int) Math.min((value >> 16) + (value >> 15 & 1), 0xFFFF);
    }
}
