package org.tinytune.core.op;

import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.quant.FixedPoint;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.quant.QuantizedMultiplier;

/**
 * {@code ADD} and {@code SUB} in int8: both operands are brought to a common scale, twice the greater of theirs, with
 * 20 fractional bits; the sum or difference is then rescaled to the output's. Since an operand has 256 values, what it
 * contributes is a table.
 *
 * <p>A contribution is below 2^28 in magnitude, so a sum cannot overflow.
 *
 * <p>Source: tensorflow:lite/kernels/add.cc (PrepareGeneric), sub.cc (PrepareGeneralSubOp) and
 * internal/reference/integer_ops/add.h (AddFunc). Checked by: AddInt8Test, SubInt8Test.
 */
public final class ScaledSumInt8 extends PairwiseInt8 {
    /** Fractional bits of the common scale. */
    public static final int LEFT_SHIFT = 20;

    /** The output's least scale, as a part of the inputs' greatest, with a factor of two to be certain. */
    public static final double LEAST_SCALE = 4.0 / (1 << LEFT_SHIFT);

    private final QuantizedMultiplier[] inputMultipliers = new QuantizedMultiplier[2];
    private final int[][] contributions = new int[2][];
    private final QuantizedMultiplier outputMultiplier;
    private final int outputZeroPoint;
    private final int min;
    private final int max;

    private ScaledSumInt8(Operands operands, Activation activation, int secondSign) {
        Quantization first = Int8Tensors.activation(operands.input(0)).quantization();
        Quantization second = Int8Tensors.activation(operands.input(1)).quantization();
        Quantization out = Int8Tensors.activation(operands.output()).quantization();
        double common = 2.0 * Math.max(first.scale(), second.scale());
        outputMultiplier = smallerThanOne(operands, common / ((1 << LEFT_SHIFT) * (double) out.scale()));
        setInput(0, smallerThanOne(operands, first.scale() / common), first.zeroPoint(), 1);
        setInput(1, smallerThanOne(operands, second.scale() / common), second.zeroPoint(), secondSign);
        outputZeroPoint = out.zeroPoint();
        min = activation.minInt8(out);
        max = activation.maxInt8(out);
    }

    /** The sum: checks the operands and derives the multipliers. */
    public static ScaledSumInt8 sum(Operands operands, Activation activation) {
        return new ScaledSumInt8(operands, activation, 1);
    }

    /** The difference: checks the operands and derives the multipliers. */
    public static ScaledSumInt8 difference(Operands operands, Activation activation) {
        return new ScaledSumInt8(operands, activation, -1);
    }

    /** A multiplier of an operator that knows none of 1 or more. */
    static QuantizedMultiplier smallerThanOne(Operands operands, double real) {
        QuantizedMultiplier multiplier = QuantizedMultiplier.of(real);
        if (multiplier.shift() > 0) {
            throw new InvalidModelException("tensor '" + operands.output().name()
                    + "': its scale is too small for a sum of these operands (factor " + real + ")");
        }
        return multiplier;
    }

    private void setInput(int i, QuantizedMultiplier multiplier, int zeroPoint, int sign) {
        inputMultipliers[i] = multiplier;
        contributions[i] = new int[256];
        for (int q = Byte.MIN_VALUE; q <= Byte.MAX_VALUE; q++) {
            contributions[i][q & 0xFF] = sign * multiplier.apply((q - zeroPoint) << LEFT_SHIFT);
        }
    }

    /** The multiplier of operand {@code i} to the common scale, which a target needs as a number. */
    public QuantizedMultiplier inputMultiplier(int i) {
        return inputMultipliers[i];
    }

    /** The multiplier from the common scale to the output's, which a target needs as a number. */
    public QuantizedMultiplier outputMultiplier() {
        return outputMultiplier;
    }

    @Override
    public int apply(int first, int second) {
        int sum = contributions[0][first & 0xFF] + contributions[1][second & 0xFF];
        return FixedPoint.clamp(outputMultiplier.apply(sum) + outputZeroPoint, min, max);
    }
}
