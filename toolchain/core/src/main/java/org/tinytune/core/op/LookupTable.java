package org.tinytune.core.op;

import java.util.function.DoubleUnaryOperator;
import java.util.function.IntUnaryOperator;
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
        return of(q -> FixedPoint.clamp(multiplier.apply(q - in.zeroPoint()) + out.zeroPoint(), min, max));
    }

    /**
     * The table of a function of integers.
     *
     * @param function of the inputs -128 to 127; its values are saturated to these
     */
    public static LookupTable of(IntUnaryOperator function) {
        byte[] values = new byte[256];
        for (int q = Byte.MIN_VALUE; q <= Byte.MAX_VALUE; q++) {
            values[q & 0xFF] = (byte) FixedPoint.clamp(function.applyAsInt(q), Byte.MIN_VALUE, Byte.MAX_VALUE);
        }
        return new LookupTable(values);
    }

    /**
     * The table of a function of real numbers, as the reference fills one: the input is dequantized and the result
     * quantized in float, ties away from zero.
     *
     * <p>Source: tensorflow:lite/kernels/internal/common.h, LUTPopulateInt8. Checked by: CurveTablesTest.
     *
     * @param function a float as a double, whose result is rounded to float once
     */
    public static LookupTable sampled(Operands operands, DoubleUnaryOperator function) {
        Quantization in = Int8Tensors.activation(operands.input(0)).quantization();
        Quantization out = Int8Tensors.activation(operands.output()).quantization();
        float inverseScale = 1 / out.scale();
        return of(q -> {
            float real = in.scale() * (q - in.zeroPoint());
            float rescaled = (float) function.applyAsDouble(real) * inverseScale;
            return (int) (rescaled < 0 ? Math.ceil(rescaled - 0.5) : Math.floor(rescaled + 0.5)) + out.zeroPoint();
        });
    }

    /** The output of an input. */
    public byte get(int q) {
        return values[q & 0xFF];
    }

    /** All outputs as whole floats, from that of -128 on. */
    float[] floats() {
        float[] floats = new float[256];
        for (int q = Byte.MIN_VALUE; q <= Byte.MAX_VALUE; q++) {
            floats[q - Byte.MIN_VALUE] = get(q);
        }
        return floats;
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
