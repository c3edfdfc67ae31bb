package org.tinytune.core.op.mul;

import org.tinytune.core.graph.Operands;
import org.tinytune.core.op.Int8Tensors;
import org.tinytune.core.op.PairwiseInt8;
import org.tinytune.core.op.PairwiseParams;
import org.tinytune.core.quant.FixedPoint;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.quant.QuantizedMultiplier;

/**
 * {@code MUL} in int8: the product, at most 255² in magnitude, rescaled with a multiplier that is computed from the
 * scales in <em>float</em>.
 *
 * <p>Source: tensorflow:lite/kernels/mul.cc, Prepare, and internal/reference/integer_ops/mul.h. Checked by:
 * MulInt8Test, OperatorDifferentialTest.
 */
public final class MulInt8 extends PairwiseInt8 {
    private final int firstZeroPoint;
    private final int secondZeroPoint;
    private final QuantizedMultiplier multiplier;
    private final int outputZeroPoint;
    private final int min;
    private final int max;

    private MulInt8(PairwiseParams params, Operands operands) {
        Quantization first = Int8Tensors.activation(operands.input(0)).quantization();
        Quantization second = Int8Tensors.activation(operands.input(1)).quantization();
        Quantization out = Int8Tensors.activation(operands.output()).quantization();
        firstZeroPoint = first.zeroPoint();
        secondZeroPoint = second.zeroPoint();
        multiplier = QuantizedMultiplier.of(first.scale() * second.scale() / out.scale());
        outputZeroPoint = out.zeroPoint();
        min = params.activation().minInt8(out);
        max = params.activation().maxInt8(out);
    }

    /** Checks the operands and derives the multiplier. */
    public static MulInt8 prepare(PairwiseParams params, Operands operands) {
        return new MulInt8(params, operands);
    }

    /** The multiplier from a product to the output's scale, which a target needs as a number. */
    public QuantizedMultiplier multiplier() {
        return multiplier;
    }

    @Override
    public int apply(int first, int second) {
        int product = (first - firstZeroPoint) * (second - secondZeroPoint);
        return FixedPoint.clamp(multiplier.apply(product) + outputZeroPoint, min, max);
    }
}
