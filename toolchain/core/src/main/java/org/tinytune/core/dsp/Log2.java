package org.tinytune.core.dsp;

/** Logarithms to the base 2, in Q15. */
public final class Log2 {
    /** Bits behind the point. */
    public static final int FRACTION_BITS = 15;

    /** What the logarithm of an integer is off by at most, in units. */
    public static final int MAX_ERROR = 4;

    // (log2(1 + f) - f) / (f (1 - f)), of which f (1 - f) times makes the greatest error, 0.5 units, least: Q15.
    private static final int C0 = 14_481;
    private static final int C1 = -8_755;
    private static final int C2 = 4_864;
    private static final int C3 = -1_479;

    private static final double PER_DECIBEL = StrictMath.log(10) / StrictMath.log(2) / 10;

    private Log2() {}

    /**
     * Of an integer, off by at most {@value #MAX_ERROR} units.
     *
     * <p>With x = 2^n (1 + f), f rounded down to Q15, it is n + f + f (1 - f) p(f), where p is the cubic polynomial
     * that makes the greatest error least. No product needs more than 31 bits.
     *
     * <p>Checked by: Log2Test, DspBlockDifferentialTest.
     *
     * @param x above 0, unsigned
     */
    public static int of(int x) {
        int leadingZeros = Integer.numberOfLeadingZeros(x);
        int f = x << leadingZeros >>> 16 & 0x7FFF;
        int p = C3;
        p = C2 + (p * f >> 15);
        p = C1 + (p * f >> 15);
        p = C0 + (p * f >> 15);
        int bow = f * (0x8000 - f) >> 15;
        return (31 - leadingZeros << FRACTION_BITS) + f + (bow * p >> 15);
    }

    /**
     * Of {@code mantissa · 2^exponent}, as features have it.
     *
     * @param mantissa unsigned; 0 is the floor
     * @param reference what is added
     * @param floor the least result
     */
    public static int ofPower(int mantissa, int exponent, int reference, int floor) {
        if (mantissa == 0) {
            return floor;
        }
        return Math.max(floor, of(mantissa) + (exponent << FRACTION_BITS) + reference);
    }

    /** Of a real number above 0, to the nearest unit. */
    public static int ofReal(double real) {
        return nearest(StrictMath.log(real) / StrictMath.log(2));
    }

    /** Of a ratio of powers that is stated in decibels, to the nearest unit. */
    public static int ofDecibels(double decibels) {
        return nearest(decibels * PER_DECIBEL);
    }

    private static int nearest(double log) {
        return (int) StrictMath.floor(log * (1 << FRACTION_BITS) + 0.5);
    }
}
