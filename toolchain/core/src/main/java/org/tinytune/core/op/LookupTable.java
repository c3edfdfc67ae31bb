package org.tinytune.core.op;

import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.RowKernel;
import org.tinytune.core.graph.Rows;
import org.tinytune.core.quant.FixedPoint;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.quant.QuantizedMultiplier;

/** A unary int8 operator, as the table of its 256 values. */
public final class LookupTable implements RowKernel {
    private final byte[] values;

    private LookupTable(byte[] values) {
        this.values = values;
    }

    /**
     * The table of a rescaling clamp, such as RELU: the multiplier comes from the <em>float</em> quotient of the
     * scales.
     *
     * <p>Source: tensorflow:lite/kernels/activations.cc (ReluPrepare, QuantizedReluX) and optimized_ops.h (ReluX).
     * Checked by: ReluInt8Test.
     */
    public static LookupTable clamp(Operands operands, Activation activation) {
        Quantization in = Int8Tensors.activation(operands.input(0)).quantization();
        Quantization out = Int8Tensors.activation(operands.output()).quantization();
        QuantizedMultiplier multiplier = QuantizedMultiplier.of(in.scale() / out.scale());
        int min = activation.minInt8(out);
        int max = activation.maxInt8(out);
        byte[] values = new byte[256];
        for (int q = Byte.MIN_VALUE; q <= Byte.MAX_VALUE; q++) {
            int rescaled = multiplier.apply(q - in.zeroPoint()) + out.zeroPoint();
            values[q & 0xFF] = (byte) FixedPoint.clamp(rescaled, min, max);
        }
        return new LookupTable(values);
    }

    /** The output of an input. */
    public byte get(int q) {
        return values[q & 0xFF];
    }

    @Override
    public void run(Rows[] inputs, Rows[] outputs, int begin, int end) {
        Rows in = inputs[0];
        Rows out = outputs[0];
        for (int y = begin; y < end; y++) {
            int from = in.at(y);
            int to = out.at(y);
            for (int i = 0; i < out.rowBytes(); i++) {
                out.memory()[to + i] = get(in.memory()[from + i]);
            }
        }
    }
}
