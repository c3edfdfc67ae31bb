package org.tinytune.core.dsp;

/** A division as a core without one makes it, bit by bit: exact, of as many steps as the result has bits. */
public final class Quotient {
    /** The greatest result: what is above becomes this. */
    public static final int MAX = 0xFFFF;

    private static final int MAX_BITS = 17;

    private Quotient() {}

    /**
     * {@code x · 2^shift / y}, to the nearest, ties up, at most {@link #MAX}.
     *
     * @param x in [0, 2^32)
     * @param y in [1, 2^32)
     * @param shift in [-64, 127]
     */
    public static int of(long x, long y, int shift) {
        if (x == 0) {
            return 0;
        }
        int bits = bitLength(x) - bitLength(y) + shift;
        if (bits > MAX_BITS) {
            return MAX;
        }
        if (bits < -1) {
            return 0;
        }
        // The doubled quotient is below 2^19, and so is either side below 2^51.
        long numerator = shift + 1 >= 0 ? x << shift + 1 : x;
        long denominator = shift + 1 >= 0 ? y : y << -shift - 1;
        return (int) Math.min((numerator / denominator + 1) >> 1, MAX);
    }

    private static int bitLength(long x) {
        return Long.SIZE - Long.numberOfLeadingZeros(x);
    }
}
