package org.tinytune.core.op;

import org.tinytune.core.graph.Operands;
import org.tinytune.core.quant.FixedPoint;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.quant.QuantizedMultiplier;
import org.tinytune.core.tensor.Elements;

/**
 * {@code ADD} and {@code SUB} in int16: as {@link ScaledSumInt8}, with 15 fractional bits of the common scale. A
 * contribution is at most 2^29 in magnitude, so a sum cannot overflow.
 *
 * <p>Source: tensorflow:lite/kernels/add.cc (Prepare), sub.cc (PrepareGeneralSubOp) and internal/reference/add.h.
 * Checked by: OperatorDifferentialTest.
 */
public final class ScaledSumInt16 extends PairwiseKernel {
    /** Fractional bits of the common scale. */
    public static final int LEFT_SHIFT = 15;

    private final QuantizedMultiplier[] inputMultipliers = new QuantizedMultiplier[2];
    private final QuantizedMultiplier outputMultiplier;
    private final int secondSign;
    private final int min;
    private final int max;

    private ScaledSumInt16(Operands operands, Activation activation, int secondSign) {
        super(Elements.INT16);
        float first = Int16Tensors.activation(operands.input(0)).quantization().scale();
        float second = Int16Tensors.activation(operands.input(1)).quantization().scale();
        Quantization out = Int16Tensors.activation(operands.output()).quantization();
        double common = 2.0 * Math.max(first, second);
        outputMultiplier = ScaledSumInt8.smallerThanOne(operands, common / ((1 << LEFT_SHIFT) * (double) out.scale()));
        inputMultipliers[0] = ScaledSumInt8.smallerThanOne(operands, first / common);
        inputMultipliers[1] = ScaledSumInt8.smallerThanOne(operands, second / common);
        this.secondSign = secondSign;
        min = activation.min(out, Elements.INT16);
        max = activation.max(out, Elements.INT16);
    }

    /** The sum: checks the operands and derives the multipliers. */
    public static ScaledSumInt16 sum(Operands operands, Activation activation) {
        return new ScaledSumInt16(operands, activation, 1);
    }

    /** The difference: checks the operands and derives the multipliers. */
    public static ScaledSumInt16 difference(Operands operands, Activation activation) {
        return new ScaledSumInt16(operands, activation, -1);
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
        int sum = inputMultipliers[0].apply(first << LEFT_SHIFT)
                + secondSign * inputMultipliers[1].apply(second << LEFT_SHIFT);
        return FixedPoint.clamp(outputMultiplier.apply(sum), min, max);
    }
}
