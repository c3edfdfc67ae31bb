package org.tinytune.core.op.add;

import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.RowKernel;
import org.tinytune.core.graph.Rows;
import org.tinytune.core.op.Int8Tensors;
import org.tinytune.core.quant.FixedPoint;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.quant.QuantizedMultiplier;

/**
 * {@code ADD} in int8: both operands are brought to a common scale, twice the greater of theirs, with 20 fractional
 * bits; the sum is then rescaled to the output's. Since an operand has 256 values, what it contributes is a table.
 *
 * <p>A contribution is below 2^28 in magnitude, so a sum cannot overflow.
 *
 * <p>Source: tensorflow:lite/kernels/add.cc (PrepareGeneric) and internal/reference/integer_ops/add.h (AddFunc).
 * Checked by: AddInt8Test.
 */
public final class AddInt8 implements RowKernel {
    /** Fractional bits of the common scale. */
    public static final int LEFT_SHIFT = 20;

    private final QuantizedMultiplier[] inputMultipliers = new QuantizedMultiplier[2];
    private final int[][] contributions = new int[2][];
    private final QuantizedMultiplier outputMultiplier;
    private final int outputZeroPoint;
    private final int min;
    private final int max;

    private AddInt8(AddParams params, Operands operands) {
        Quantization first = Int8Tensors.activation(operands.input(0)).quantization();
        Quantization second = Int8Tensors.activation(operands.input(1)).quantization();
        Quantization out = Int8Tensors.activation(operands.output()).quantization();
        double common = 2.0 * Math.max(first.scale(), second.scale());
        outputMultiplier = smallerThanOne(operands, common / ((1 << LEFT_SHIFT) * (double) out.scale()));
        setInput(0, smallerThanOne(operands, first.scale() / common), first.zeroPoint());
        setInput(1, smallerThanOne(operands, second.scale() / common), second.zeroPoint());
        outputZeroPoint = out.zeroPoint();
        min = params.activation().minInt8(out);
        max = params.activation().maxInt8(out);
    }

    /** Checks the operands and derives the multipliers. */
    public static AddInt8 prepare(AddParams params, Operands operands) {
        return new AddInt8(params, operands);
    }

    private static QuantizedMultiplier smallerThanOne(Operands operands, double real) {
        QuantizedMultiplier multiplier = QuantizedMultiplier.of(real);
        if (multiplier.shift() > 0) {
            throw new InvalidModelException("tensor '" + operands.output().name()
                    + "': its scale is too small for a sum of these operands (factor " + real + ")");
        }
        return multiplier;
    }

    private void setInput(int i, QuantizedMultiplier multiplier, int zeroPoint) {
        inputMultipliers[i] = multiplier;
        contributions[i] = new int[256];
        for (int q = Byte.MIN_VALUE; q <= Byte.MAX_VALUE; q++) {
            contributions[i][q & 0xFF] = multiplier.apply((q - zeroPoint) << LEFT_SHIFT);
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
    public void run(Rows[] inputs, Rows[] outputs, int begin, int end) {
        Rows first = inputs[0];
        Rows second = inputs[1];
        Rows out = outputs[0];
        for (int y = begin; y < end; y++) {
            int to = out.at(y);
            for (int i = 0; i < out.rowBytes(); i++) {
                out.memory()[to + i] = (byte) apply(first.memory()[first.at(y) + i], second.memory()[second.at(y) + i]);
            }
        }
    }

    /** The sum of two elements. */
    int apply(int first, int second) {
        int sum = contributions[0][first & 0xFF] + contributions[1][second & 0xFF];
        return FixedPoint.clamp(outputMultiplier.apply(sum) + outputZeroPoint, min, max);
    }

    /** The sums of all pairs of elements: that of q and r at {@code (q + 128) · 256 + r + 128}. */
    byte[] table() {
        byte[] sums = new byte[1 << 2 * Byte.SIZE];
        for (int q = Byte.MIN_VALUE; q <= Byte.MAX_VALUE; q++) {
            for (int r = Byte.MIN_VALUE; r <= Byte.MAX_VALUE; r++) {
                sums[q - Byte.MIN_VALUE << Byte.SIZE | r - Byte.MIN_VALUE] = (byte) apply(q, r);
            }
        }
        return sums;
    }
}
