package org.tinytune.core.op.leakyrelu;

import org.tinytune.core.graph.Operands;
import org.tinytune.core.op.Int8Tensors;
import org.tinytune.core.op.LookupTable;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.quant.QuantizedMultiplier;

/**
 * {@code LEAKY_RELU} in int8: rescales with one multiplier for each sign, both from <em>float</em> quotients.
 *
 * <p>Source: tensorflow:lite/kernels/activations.cc, LeakyReluPrepare, and internal/reference/leaky_relu.h,
 * QuantizeLeakyRelu. Checked by: OperatorDifferentialTest.
 */
public final class LeakyReluInt8 {
    private LeakyReluInt8() {}

    /** Checks the operands and computes the table. */
    public static LookupTable prepare(LeakyReluParams params, Operands operands) {
        Quantization in = Int8Tensors.activation(operands.input(0)).quantization();
        Quantization out = Int8Tensors.activation(operands.output()).quantization();
        QuantizedMultiplier identity = QuantizedMultiplier.of(in.scale() / out.scale());
        QuantizedMultiplier alpha = QuantizedMultiplier.of(in.scale() * params.alpha() / out.scale());
        return LookupTable.of(q -> {
            int x = q - in.zeroPoint();
            return (x >= 0 ? identity : alpha).apply(x) + out.zeroPoint();
        });
    }
}
