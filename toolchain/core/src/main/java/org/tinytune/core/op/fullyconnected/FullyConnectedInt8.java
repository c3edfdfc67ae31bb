package org.tinytune.core.op.fullyconnected;

import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.RowKernel;
import org.tinytune.core.graph.Rows;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.Int8Tensors;
import org.tinytune.core.quant.Requantizer;

/**
 * {@code FULLY_CONNECTED} in int8: {@code N·C_IN} elements and {@code [C_OUT, C_IN]} to {@code [N, C_OUT]}, weights in
 * [-128, 127] with one scale, int32 accumulators that cannot overflow below {@code C_IN = 2^15}.
 *
 * <p>Source: tensorflow:lite/kernels/internal/reference/integer_ops/fully_connected.h, FullyConnected. Checked by:
 * FullyConnectedInt8Test.
 */
public final class FullyConnectedInt8 implements RowKernel {
    private final int inputChannels;
    private final int inputZeroPoint;
    private final byte[] weights;
    private final int[] bias;
    private final Requantizer requantizer;

    private FullyConnectedInt8(FullyConnectedParams params, Operands operands) {
        Tensor input = Int8Tensors.activation(operands.input(0));
        Tensor output = Int8Tensors.activation(operands.output());
        int channels = output.shape().dim(1);
        FullyConnected.requireOneScale(operands.input(1));
        inputChannels = operands.input(1).shape().dim(1);
        inputZeroPoint = input.quantization().zeroPoint();
        weights = Int8Tensors.weights(operands, 0);
        bias = Int8Tensors.bias(operands, channels);
        requantizer = Requantizer.perTensor(
                input.quantization(),
                operands.input(1).quantization(),
                output.quantization(),
                channels,
                params.activation().minInt8(output.quantization()),
                params.activation().maxInt8(output.quantization()));
    }

    /** Checks the operands and derives the multiplier. */
    public static FullyConnectedInt8 prepare(FullyConnectedParams params, Operands operands) {
        return new FullyConnectedInt8(params, operands);
    }

    /** The last stage, which a target needs as numbers. */
    public Requantizer requantizer() {
        return requantizer;
    }

    @Override
    public void run(Rows[] inputs, Rows[] outputs, int begin, int end) {
        Rows in = inputs[0];
        Rows out = outputs[0];
        for (int i = 0; i < out.rowBytes(); i++) {
            int channel = i % bias.length;
            int from = in.at(0) + i / bias.length * inputChannels;
            int acc = bias[channel] + dot(in.memory(), from, channel * inputChannels);
            out.memory()[out.at(0) + i] = requantizer.apply(acc, channel);
        }
    }

    private int dot(byte[] input, int from, int offset) {
        int sum = 0;
        for (int i = 0; i < inputChannels; i++) {
            sum += (input[from + i] - inputZeroPoint) * weights[offset + i];
        }
        return sum;
    }
}
