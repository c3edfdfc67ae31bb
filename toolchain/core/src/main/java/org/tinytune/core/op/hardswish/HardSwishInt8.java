package org.tinytune.core.op.hardswish;

import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.op.Int8Tensors;
import org.tinytune.core.op.LookupTable;
import org.tinytune.core.op.NoParams;
import org.tinytune.core.quant.FixedPoint;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.quant.QuantizedMultiplier;

/**
 * {@code HARD_SWISH} in int8: the table of what the reference computes in 16 bits. The input with 7 fractional bits is
 * multiplied by the output's multiplier, before its shift, and by a gate, {@code (x / 3 + 1) / 2} in [0, 1].
 *
 * <p>Source: tensorflow:lite/kernels/activations.cc, HardSwishPrepare, and internal/reference/hard_swish.h. Checked by:
 * CurveTablesTest.
 */
public final class HardSwishInt8 {
    private static final int FRACTION_BITS = 7;

    /** The output's least scale, as a part of the input's, with a factor of two to be certain. */
    static final double LEAST_SCALE = 2.0 / (1 << FRACTION_BITS);

    /** The scale on which 3 is 2^15. */
    private static final float GATE_SCALE = 3f / (1 << 15);

    private HardSwishInt8() {}

    /** Checks the operands and computes the table. */
    public static LookupTable prepare(NoParams params, Operands operands) {
        Quantization in = Int8Tensors.activation(operands.input(0)).quantization();
        Quantization out = Int8Tensors.activation(operands.output()).quantization();
        float fineScale = (1f / (1 << FRACTION_BITS)) * in.scale();
        QuantizedMultiplier output = QuantizedMultiplier.of(fineScale / out.scale());
        QuantizedMultiplier gate = QuantizedMultiplier.of(fineScale / GATE_SCALE);
        if (output.shift() > 0) {
            throw new InvalidModelException("tensor '" + operands.output().name() + "': its scale " + out.scale()
                    + " is too small for HARD_SWISH of an input with scale " + in.scale());
        }
        return LookupTable.of(q -> {
            int fine = (q - in.zeroPoint()) << FRACTION_BITS;
            int product = doublingHighMultiply(gate(fine, gate), roundingDoublingHighMultiply(fine, value16(output)));
            return roundingDivide(product, -output.shift()) + out.zeroPoint();
        });
    }

    /** {@code (x / 3 + 1) / 2} clamped to [0, 1], in Q0.15. */
    private static int gate(int fine, QuantizedMultiplier multiplier) {
        int shift = multiplier.shift();
        int x = fine;
        if (shift > 0) {
            // All but the last bit of the shift comes first, so that as many bits as can be take part in the product.
            x = saturatingShift(roundingDoublingHighMultiply(saturatingShift(x, shift - 1), value16(multiplier)), 1);
        } else {
            x = roundingDivide(roundingDoublingHighMultiply(x, value16(multiplier)), -shift);
        }
        return (x + (1 << 15)) >> 1;
    }

    /** The upper half of a multiplier, Q0.15, rounded. */
    private static int value16(QuantizedMultiplier multiplier) {
        return Math.min(Short.MAX_VALUE, (int) ((multiplier.value() + (1L << 15)) >> 16));
    }

    /**
     * {@code x / 2^exponent} in 16 bits, rounded to nearest, ties away from zero. Where all 16 bits are shifted out,
     * the reference's mask of 16 bits overflows, and what is left is the sign.
     */
    private static int roundingDivide(int x, int exponent) {
        return exponent < Short.SIZE ? FixedPoint.roundingDivideByPowerOfTwo(x, exponent) : x >= 0 ? 1 : -1;
    }

    private static int saturatingShift(int x, int bits) {
        return (int) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, (long) x << bits));
    }

    /**
     * The high 16 bits of {@code 2·a·b}, rounded to nearest; a multiplier, which is not negative, cannot overflow it.
     */
    private static int roundingDoublingHighMultiply(int a, int b) {
        int product = a * b;
        int nudge = product >= 0 ? 1 << 14 : 1 - (1 << 14);
        return (product + nudge) / (1 << 15);
    }

    /** The high 16 bits of {@code 2·a·b}, rounded to zero. */
    private static int doublingHighMultiply(int a, int b) {
        return a * b / (1 << 15);
    }
}
