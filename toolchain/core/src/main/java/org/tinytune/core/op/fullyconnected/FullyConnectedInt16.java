package org.tinytune.core.op.fullyconnected;

import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.RowKernel;
import org.tinytune.core.graph.Rows;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.Int16Tensors;
import org.tinytune.core.op.Int8Tensors;
import org.tinytune.core.quant.Requantizer;
import org.tinytune.core.quant.WideRequantizer;
import org.tinytune.core.tensor.Elements;

/**
 * {@code FULLY_CONNECTED} in int16: {@code N·C_IN} elements and {@code [C_OUT, C_IN]} to {@code [N, C_OUT]}, int8
 * weights in [-128, 127] with one scale. A product is at most 2^22 in magnitude; sums have 64 bits, or wrap at 32 where
 * the bias is int32.
 *
 * <p>Source: tensorflow:lite/kernels/internal/reference/integer_ops/fully_connected.h, FullyConnected, and
 * fully_connected.cc, FullyConnectedInt16. Checked by: OperatorDifferentialTest.
 */
public final class FullyConnectedInt16 implements RowKernel {
    private final int inputChannels;
    private final byte[] weights;
    private final long[] bias;
    private final WideRequantizer requantizer;

    private FullyConnectedInt16(FullyConnectedParams params, Operands operands) {
        Tensor input = Int16Tensors.activation(operands.input(0));
        Tensor output = Int16Tensors.activation(operands.output());
        FullyConnected.requireOneScale(operands.input(1));
        int channels = output.shape().dim(1);
        inputChannels = operands.input(1).shape().dim(1);
        weights = Int8Tensors.weights(operands, 0);
        bias = Int16Tensors.bias(operands, channels);
        requantizer = Int16Tensors.requantizer(
                operands,
                Requantizer.perTensor(
                        input.quantization(),
                        operands.input(1).quantization(),
                        output.quantization(),
                        channels,
                        params.activation().min(output.quantization(), Elements.INT16),
                        params.activation().max(output.quantization(), Elements.INT16)));
    }

    /** Checks the operands and derives the multiplier. */
    public static FullyConnectedInt16 prepare(FullyConnectedParams params, Operands operands) {
        return new FullyConnectedInt16(params, operands);
    }

    /** The last stage, which a target needs as numbers. */
    public WideRequantizer requantizer() {
        return requantizer;
    }

    @Override
    public void run(Rows[] inputs, Rows[] outputs, int begin, int end) {
        Rows in = inputs[0];
        Rows out = outputs[0];
        int count = out.rowBytes() / Short.BYTES;
        for (int i = 0; i < count; i++) {
            int channel = i % bias.length;
            int from = in.at(0) + i / bias.length * inputChannels * Short.BYTES;
            long acc = bias[channel] + dot(in.memory(), from, channel * inputChannels);
            Elements.INT16.set(out.memory(), out.at(0), i, requantizer.apply(acc, channel));
        }
    }

    private long dot(byte[] input, int from, int offset) {
        long sum = 0;
        for (int i = 0; i < inputChannels; i++) {
            sum += Elements.INT16.get(input, from, i) * weights[offset + i];
        }
        return sum;
    }
}
