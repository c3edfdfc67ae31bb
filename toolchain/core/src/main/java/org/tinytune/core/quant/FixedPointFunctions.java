package org.tinytune.core.quant;

import static org.tinytune.core.quant.FixedPoint.roundingDivideByPowerOfTwo;
import static org.tinytune.core.quant.FixedPoint.saturatingRoundingDoublingHighMultiply;

/** The transcendental functions of gemmlowp's fixed point, bit by bit. Qi.f means i integer and f fractional bits. */
public final class FixedPointFunctions {
    /** exp(-2^k) in Q0.31 for k = -2 to 4. Source: gemmlowp:fixedpoint/fixedpoint.h, exp_on_negative_values. */
    private static final int[] EXP_OF_MINUS_POWERS = {
        1_672_461_947, 1_302_514_674, 790_015_084, 290_630_308, 39_332_535, 720_401, 242
    };

    private static final int EXP_OF_MINUS_EIGHTH = 1_895_147_668;
    private static final int THIRD = 715_827_883;
    private static final int EIGHTH = 1 << 28;

    /** A quarter in Q5.26. */
    private static final int QUARTER = 1 << 24;

    /** 48/17 and -32/17 in Q2.29: the start of the Newton-Raphson division. */
    private static final int C_48_OVER_17 = 1_515_870_810;

    private static final int C_MINUS_32_OVER_17 = -1_010_580_540;
    private static final int ONE_Q2_29 = 1 << 29;

    private FixedPointFunctions() {}

    /**
     * {@code exp(x)} of {@code x <= 0}.
     *
     * <p>Source: gemmlowp:fixedpoint/fixedpoint.h, exp_on_negative_values. Checked by: FixedPointFunctionsTest.
     *
     * @param x Q5.26, at most 0
     * @return Q0.31; 1 is 2^31 - 1
     */
    public static int expOfNegative(int x) {
        if (x == 0) {
            return Integer.MAX_VALUE;
        }
        int remainder = (x & (QUARTER - 1)) - QUARTER;
        int result = expOfMinusQuarterToZero(remainder << 5);
        int quarters = remainder - x;
        for (int i = 0; i < EXP_OF_MINUS_POWERS.length; i++) {
            if ((quarters & (QUARTER << i)) != 0) {
                result = saturatingRoundingDoublingHighMultiply(result, EXP_OF_MINUS_POWERS[i]);
            }
        }
        return result;
    }

    /** {@code exp(x)} of {@code x} in [-1/4, 0): the Taylor polynomial of degree 4 around -1/8, in Q0.31. */
    private static int expOfMinusQuarterToZero(int x) {
        int t = x + EIGHTH;
        int t2 = saturatingRoundingDoublingHighMultiply(t, t);
        int t3 = saturatingRoundingDoublingHighMultiply(t2, t);
        int t4 = saturatingRoundingDoublingHighMultiply(t2, t2);
        int cubicAndQuartic = saturatingRoundingDoublingHighMultiply(roundingDivideByPowerOfTwo(t4, 2) + t3, THIRD);
        int beyondLinear = roundingDivideByPowerOfTwo(cubicAndQuartic + t2, 1);
        return EXP_OF_MINUS_EIGHTH + saturatingRoundingDoublingHighMultiply(EXP_OF_MINUS_EIGHTH, t + beyondLinear);
    }

    /**
     * {@code 1 / (1 + x)} of {@code x} in [0, 1), by three Newton-Raphson steps.
     *
     * <p>Source: gemmlowp:fixedpoint/fixedpoint.h, one_over_one_plus_x_for_x_in_0_1. Checked by:
     * FixedPointFunctionsTest.
     *
     * @param x Q0.31, at least 0
     * @return Q0.31
     */
    public static int reciprocalOfOnePlus(int x) {
        int halfDenominator = (int) (((long) x + Integer.MAX_VALUE + 1) / 2);
        int r = C_48_OVER_17 + saturatingRoundingDoublingHighMultiply(halfDenominator, C_MINUS_32_OVER_17);
        for (int i = 0; i < 3; i++) {
            int error = ONE_Q2_29 - saturatingRoundingDoublingHighMultiply(halfDenominator, r);
            r += saturatingLeftShift(saturatingRoundingDoublingHighMultiply(r, error), 2);
        }
        return saturatingLeftShift(r, 1);
    }

    private static int saturatingLeftShift(int x, int bits) {
        long wide = (long) x << bits;
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, wide));
    }
}
