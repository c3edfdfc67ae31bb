package org.tinytune.core.op.mul;

import org.tinytune.core.graph.Operands;
import org.tinytune.core.op.Int16Tensors;
import org.tinytune.core.op.PairwiseKernel;
import org.tinytune.core.op.PairwiseParams;
import org.tinytune.core.quant.FixedPoint;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.quant.QuantizedMultiplier;
import org.tinytune.core.tensor.Elements;

/**
 * {@code MUL} in int16: the product, at most 2^30 in magnitude, rescaled as in {@link MulInt8}.
 *
 * <p>Source: tensorflow:lite/kernels/mul.cc, Prepare, and internal/reference/integer_ops/mul.h. Checked by:
 * OperatorDifferentialTest.
 */
public final class MulInt16 extends PairwiseKernel {
    private final QuantizedMultiplier multiplier;
    private final int min;
    private final int max;

    private MulInt16(PairwiseParams params, Operands operands) {
        super(Elements.INT16);
        Quantization first = Int16Tensors.activation(operands.input(0)).quantization();
        Quantization second = Int16Tensors.activation(operands.input(1)).quantization();
        Quantization out = Int16Tensors.activation(operands.output()).quantization();
        multiplier = QuantizedMultiplier.of(first.scale() * second.scale() / out.scale());
        min = params.activation().min(out, Elements.INT16);
        max = params.activation().max(out, Elements.INT16);
    }

    /** Checks the operands and derives the multiplier. */
    public static MulInt16 prepare(PairwiseParams params, Operands operands) {
        return new MulInt16(params, operands);
    }

    /** The multiplier from a product to the output's scale, which a target needs as a number. */
    public QuantizedMultiplier multiplier() {
        return multiplier;
    }

    @Override
    public int apply(int first, int second) {
        return FixedPoint.clamp(multiplier.apply(first * second), min, max);
    }
}
