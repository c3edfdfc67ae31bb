package org.tinytune.core.op;

/**
 * Transcendental functions in float, for training: multiplications and additions in a fixed order, so that they give
 * the same bytes on any JDK, and no branches, so that loops over them can be vectorized.
 *
 * <p>Checked by: RealFunctionsTest, which holds them within a few units in the last place of StrictMath.
 */
public final class RealFunctions {
    private static final float LOG2_E = 1.442695041f;

    /** ln 2 in two parts, of which the first has so few bits that its product with an exponent is exact. */
    private static final float LN2_HIGH = 0x1.62ep-1f;

    private static final float LN2_LOW = (float) (0.6931471805599453 - LN2_HIGH);

    /** Added and subtracted again, rounds to a whole number, which then stands in the last bits. */
    private static final float ROUNDER = 0x1.8p23f;

    private static final int ROUNDER_BITS = 0x4b400000;
    private static final int EXPONENT_BIAS = 127;
    private static final int FRACTION_BITS = 23;

    /** Beyond, the exponential leaves the normal floats. */
    private static final float EXP_LIMIT = 87;

    private RealFunctions() {}

    /** {@code exp(x)}; x is taken as ±87 beyond these. */
    public static float exp(float x) {
        float bounded = Math.max(-EXP_LIMIT, Math.min(EXP_LIMIT, x));
        float rounder = bounded * LOG2_E + ROUNDER;
        float power = power(rounder);
        return power + power * expMinusOneNearZero(remainder(bounded, rounder - ROUNDER));
    }

    /** {@code exp(x) - 1}, precise near 0 as well; x is taken as ±87 beyond these. */
    public static float expMinusOne(float x) {
        float bounded = Math.max(-EXP_LIMIT, Math.min(EXP_LIMIT, x));
        float rounder = bounded * LOG2_E + ROUNDER;
        float power = power(rounder);
        return power * expMinusOneNearZero(remainder(bounded, rounder - ROUNDER)) + (power - 1);
    }

    /** {@code 1 / (1 + exp(-x))}. */
    public static float logistic(float x) {
        return 1 / (1 + exp(-x));
    }

    /** {@code tanh(x) = (exp(2x) - 1) / (exp(2x) + 1)}. */
    public static float tanh(float x) {
        float e = expMinusOne(2 * x);
        return e / (e + 2);
    }

    /** 2 to the whole number in the last bits of {@code rounder}. */
    private static float power(float rounder) {
        int exponent = Float.floatToRawIntBits(rounder) - ROUNDER_BITS;
        return Float.intBitsToFloat((exponent + EXPONENT_BIAS) << FRACTION_BITS);
    }

    /** {@code x - n · ln 2}, in [-0.35, 0.35]. */
    private static float remainder(float x, float n) {
        return (x - n * LN2_HIGH) - n * LN2_LOW;
    }

    /** The Taylor polynomial of degree 7: for x in [-0.35, 0.35] it leaves 0.35^8 / 8! = 6e-9. */
    private static float expMinusOneNearZero(float x) {
        float beyondLinear = 1 / 5040f;
        beyondLinear = beyondLinear * x + 1 / 720f;
        beyondLinear = beyondLinear * x + 1 / 120f;
        beyondLinear = beyondLinear * x + 1 / 24f;
        beyondLinear = beyondLinear * x + 1 / 6f;
        beyondLinear = beyondLinear * x + 0.5f;
        return x + x * x * beyondLinear;
    }
}
