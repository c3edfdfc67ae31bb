package org.tinytune.core.quant;

/** The two roundings of gemmlowp that every int8 operator is made of. */
public final class FixedPoint {
    private FixedPoint() {}

    /**
     * The high 32 bits of {@code 2·a·b}, rounded to nearest, ties up, saturated for {@code a = b = -2^31}.
     *
     * <p>Source: gemmlowp:fixedpoint/fixedpoint.h, SaturatingRoundingDoublingHighMul. Checked by: FixedPointTest.
     */
    public static int saturatingRoundingDoublingHighMultiply(int a, int b) {
        if (a == b && a == Integer.MIN_VALUE) {
            return Integer.MAX_VALUE;
        }
        long product = (long) a * b;
        long nudge = product >= 0 ? 1L << 30 : 1 - (1L << 30);
        return (int) ((product + nudge) / (1L << 31));
    }

    /**
     * {@code x / 2^exponent}, rounded to nearest, ties away from zero.
     *
     * @param exponent in [0, 31]
     *     <p>Source: gemmlowp:fixedpoint/fixedpoint.h, RoundingDivideByPOT. Checked by: FixedPointTest.
     */
    public static int roundingDivideByPowerOfTwo(int x, int exponent) {
        int mask = (int) ((1L << exponent) - 1);
        int remainder = x & mask;
        int threshold = (mask >> 1) + (x < 0 ? 1 : 0);
        return (x >> exponent) + (remainder > threshold ? 1 : 0);
    }

    /** {@code x} clamped to [{@code min}, {@code max}]. */
    public static int clamp(int x, int min, int max) {
        return Math.max(min, Math.min(max, x));
    }
}
