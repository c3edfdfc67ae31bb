package org.tinytune.core.dsp;

import org.tinytune.core.quant.FixedPoint;
import org.tinytune.core.quant.QuantizedMultiplier;

/**
 * The first coefficients of the orthonormal DCT-II.
 *
 * <p>Cosines are Q15, and products are halved in Q18, so that sums of up to 128 logarithms below 64 fit 30 bits. What
 * makes a row's norm 1 is multiplied at the end, with 31 bits.
 *
 * <p>Checked by: CosineTransformTest, DspBlockDifferentialTest.
 */
public final class CosineTransform {
    /** Bits behind the point of the coefficients. */
    public static final int FRACTION_BITS = 7;

    /** The most elements that are transformed. */
    public static final int MAX_LENGTH = 128;

    /** From Q15 to Q18, that of a sum being one less. */
    private static final int BITS_UP = 3;

    private final int length;
    private final int coefficients;
    private final short[] cosines;
    private final QuantizedMultiplier ofFirst;
    private final QuantizedMultiplier ofOthers;

    /**
     * Computes the cosines.
     *
     * @param length elements that are transformed, at most {@value #MAX_LENGTH}
     * @param coefficients that are computed, from 1 to as many
     */
    public CosineTransform(int length, int coefficients) {
        if (length > MAX_LENGTH || coefficients < 1 || coefficients > length) {
            throw new IllegalArgumentException(coefficients + " coefficients of " + length + " elements");
        }
        this.length = length;
        this.coefficients = coefficients;
        cosines = new short[(coefficients - 1) * length];
        for (int i = 0; i < cosines.length; i++) {
            int k = i / length + 1;
            cosines[i] = Q15.of(StrictMath.cos(StrictMath.PI * k * (2 * (i % length) + 1) / (2 * length)));
        }
        double unit = 1.0 / (1 << Log2.FRACTION_BITS + BITS_UP - 1 - FRACTION_BITS);
        ofFirst = QuantizedMultiplier.of(unit * StrictMath.sqrt(1.0 / length));
        ofOthers = QuantizedMultiplier.of(unit * StrictMath.sqrt(2.0 / length));
    }

    /** A row of cosines for each coefficient but the first, whose are 1. */
    public short[] cosines() {
        return cosines.clone();
    }

    /** From the sum to the first coefficient. */
    public QuantizedMultiplier ofFirst() {
        return ofFirst;
    }

    /** From the sum to any other coefficient. */
    public QuantizedMultiplier ofOthers() {
        return ofOthers;
    }

    /**
     * Coefficient k, saturated to int16, with {@value #FRACTION_BITS} bits behind the point.
     *
     * @param logs Q15, above -64 and below 64
     */
    public int coefficient(int k, int[] logs) {
        int sum = 0;
        for (int i = 0; i < length; i++) {
            int x = logs[i] << BITS_UP;
            sum += k == 0 ? x >> 1 : Q15.half(x, cosines[(k - 1) * length + i]);
        }
        int coefficient = (k == 0 ? ofFirst : ofOthers).apply(sum);
        return FixedPoint.clamp(coefficient, Short.MIN_VALUE, Short.MAX_VALUE);
    }
}
