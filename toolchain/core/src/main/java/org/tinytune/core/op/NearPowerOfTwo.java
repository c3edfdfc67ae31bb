package org.tinytune.core.op;

import java.util.OptionalInt;

/**
 * Scales that the reference takes for powers of two.
 *
 * <p>Source: tensorflow:lite/kernels/internal/quantization_util.cc, CheckedLog2.
 */
final class NearPowerOfTwo {
    /** How far the logarithm may be from a whole number. */
    private static final double TOLERANCE = 1e-3;

    private NearPowerOfTwo() {}

    /**
     * The exponent of the power of two that a scale is near; empty if it is near none.
     *
     * @param scale above 0
     */
    static OptionalInt exponent(float scale) {
        double log = StrictMath.log(scale) / StrictMath.log(2);
        long whole = Math.round(log);
        return Math.abs(log - whole) < TOLERANCE ? OptionalInt.of((int) whole) : OptionalInt.empty();
    }
}
