package org.tinytune.core.op.quantize;

import org.tinytune.core.graph.Operands;
import org.tinytune.core.op.Int8Tensors;
import org.tinytune.core.op.LookupTable;
import org.tinytune.core.op.NoParams;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.quant.QuantizedMultiplier;

/**
 * {@code QUANTIZE} in int8: rescales, with a multiplier from the <em>double</em> quotient of the scales.
 *
 * <p>Source: tensorflow:lite/kernels/quantize.cc, Prepare, and internal/reference/requantize.h. Checked by:
 * OperatorDifferentialTest.
 */
public final class QuantizeInt8 {
    private QuantizeInt8() {}

    /** Checks the operands and computes the table. */
    public static LookupTable prepare(NoParams params, Operands operands) {
        Quantization in = Int8Tensors.activation(operands.input(0)).quantization();
        Quantization out = Int8Tensors.activation(operands.output()).quantization();
        QuantizedMultiplier multiplier = QuantizedMultiplier.of((double) in.scale() / out.scale());
        return LookupTable.of(q -> multiplier.apply(q - in.zeroPoint()) + out.zeroPoint());
    }
}
