package org.tinytune.core.dsp;

/** Fractions of 16 bits, 15 behind the point, and the product that all arithmetic here is made of. */
public final class Q15 {
    private static final int ONE = 1 << 15;

    private Q15() {}

    /**
     * Half of a product: {@code x · w / 2^16}, rounded down. It fits 32 bits whatever x is.
     *
     * <p>Checked by: Q15Test, DspBlockDifferentialTest.
     *
     * @param w Q15, in [-2^15, 2^15)
     */
    public static int half(int x, int w) {
        return (int) ((long) x * w >> 16);
    }

    /** The nearest fraction to a real number: ties up, saturated, so that 1 becomes 1 - 2^-15. */
    public static short of(double real) {
        double scaled = StrictMath.floor(real * ONE + 0.5);
        return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, scaled));
    }
}
