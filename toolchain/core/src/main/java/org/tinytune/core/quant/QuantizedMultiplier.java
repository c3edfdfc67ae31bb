package org.tinytune.core.quant;

/**
 * A real multiplier as an integer kernel holds it: {@code real ≈ value · 2^(shift - 31)}.
 *
 * @param value Q0.31: in [2^30, 2^31 - 1], or 0; below 2^30 where it was divided by a count
 * @param shift in [-31, 30]; positive is left
 */
public record QuantizedMultiplier(int value, int shift) {
    private static final int MAX_SHIFT = 30;
    private static final int MIN_SHIFT = -31;
    private static final int GREATEST_REDUCED = 0x7FFF;

    /** Up to here an accumulator of 64 bits can be rescaled. */
    public static final int MAX_WIDE_SHIFT = 7;

    /** Of the 53 bits of a double's fraction, 31 are kept. */
    private static final int DROPPED_BITS = 22;

    private static final long HALF = 1L << DROPPED_BITS - 1;

    /** Above the stored bits of the fraction; numbers without it are flushed to 0 in any case. */
    private static final long IMPLICIT_ONE = 1L << 52;

    /**
     * The nearest representable multiplier.
     *
     * <p>Multipliers below 2^-32 are flushed to 0, as the reference does; those of 2^30 or more saturate.
     *
     * @param real at least 0
     *     <p>Source: tensorflow:lite/kernels/internal/quantization_util.cc, QuantizeMultiplier. Checked by:
     *     QuantizedMultiplierTest.
     */
    public static QuantizedMultiplier of(double real) {
        long bits = bitsOf(real);
        return new QuantizedMultiplier((int) (bits >> Integer.SIZE), (int) bits);
    }

    /** The same without an object: the value in the upper 32 bits, the shift in the lower. */
    public static long bitsOf(double real) {
        if (!(real >= 0)) {
            throw new IllegalArgumentException("multiplier " + real + " is not a number of 0 or more");
        }
        int shift = Math.getExponent(real) + 1;
        long fraction = Double.doubleToRawLongBits(real) & IMPLICIT_ONE - 1 | IMPLICIT_ONE;
        long value = (fraction + HALF) >> DROPPED_BITS;
        if (value == 1L << 31) {
            value /= 2;
            shift++;
        }
        if (shift < MIN_SHIFT) {
            return 0;
        }
        if (shift > MAX_SHIFT) {
            value = Integer.MAX_VALUE;
            shift = MAX_SHIFT;
        }
        return value << Integer.SIZE | Integer.toUnsignedLong(shift);
    }

    /**
     * Rescales an int32 accumulator.
     *
     * <p>result ≈ acc · value · 2^(shift - 31), rounded twice: ties go up in the high multiply, away from zero in the
     * right shift. A left shift wraps as the reference's int32 does.
     *
     * <p>Source: tensorflow:lite/kernels/internal/common.cc, MultiplyByQuantizedMultiplier (double rounding). Checked
     * by: QuantizedMultiplierTest, GoldenModelsTest.
     */
    public int apply(int acc) {
        return apply(acc, value, shift);
    }

    /**
     * The multiplier in Q0.15, as accumulators of 64 bits meet it.
     *
     * <p>Source: tensorflow:lite/kernels/internal/common.cc, MultiplyByQuantizedMultiplier of int64.
     */
    public int reduced() {
        return value < GREATEST_REDUCED << 16 ? (value + (1 << 15)) >> 16 : GREATEST_REDUCED;
    }

    /**
     * Rescales an int64 accumulator.
     *
     * <p>result ≈ acc · value · 2^(shift - 31), with 16 bits of the multiplier and rounded once, ties up; of a result
     * beyond 32 bits the lower 32 remain.
     *
     * <p>Source: as {@link #reduced}. Checked by: QuantizedMultiplierTest, OperatorDifferentialTest.
     *
     * @param acc in [-2^47, 2^47)
     */
    public int applyWide(long acc) {
        int right = 15 - shift;
        return (int) ((acc * reduced() + (1L << right - 1)) >> right);
    }

    /** The same without an object. */
    public static int apply(int acc, int value, int shift) {
        int left = Math.max(shift, 0);
        int right = Math.max(-shift, 0);
        return FixedPoint.roundingDivideByPowerOfTwo(
                FixedPoint.saturatingRoundingDoublingHighMultiply(acc << left, value), right);
    }
}
