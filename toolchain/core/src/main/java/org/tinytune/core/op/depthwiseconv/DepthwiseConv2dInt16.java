package org.tinytune.core.op.depthwiseconv;

import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.RowKernel;
import org.tinytune.core.graph.Rows;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.Int16Tensors;
import org.tinytune.core.op.Int8Tensors;
import org.tinytune.core.op.Requantizers;
import org.tinytune.core.op.SlidingWindow;
import org.tinytune.core.quant.WideRequantizer;
import org.tinytune.core.tensor.Elements;

/**
 * {@code DEPTHWISE_CONV_2D} in int16: {@code [1, H, W, C_IN]} and {@code [1, KH, KW, C_IN·M]} to {@code [1, H', W',
 * C_IN·M]}, int8 weights in [-128, 127] with one scale or one an output channel, biases of int64. Padding counts as 0.
 * Sums have 64 bits.
 *
 * <p>Source: tensorflow:lite/kernels/internal/reference/integer_ops/depthwise_conv.h, DepthwiseConvPerChannel of int16;
 * depthwise_conv.cc, Prepare, which takes no other biases. Checked by: OperatorDifferentialTest.
 */
public final class DepthwiseConv2dInt16 implements RowKernel {
    private final SlidingWindow rows;
    private final SlidingWindow columns;
    private final int inputChannels;
    private final int depthMultiplier;
    private final byte[] weights;
    private final long[] bias;
    private final WideRequantizer requantizer;

    private DepthwiseConv2dInt16(DepthwiseConv2dParams params, Operands operands) {
        Tensor input = Int16Tensors.activation(operands.input(0));
        Tensor output = Int16Tensors.activation(operands.output());
        int channels = output.shape().dim(3);
        rows = DepthwiseConv2d.rows(params, operands.inputShapes());
        columns = DepthwiseConv2d.columns(params, operands.inputShapes());
        inputChannels = input.shape().dim(3);
        depthMultiplier = params.depthMultiplier();
        weights = Int8Tensors.weights(operands, 3);
        Int16Tensors.requireWideBias(operands, "DEPTHWISE_CONV_2D");
        bias = Int16Tensors.bias(operands, channels);
        requantizer = Int16Tensors.requantizer(operands, Requantizers.perChannel(operands, params.activation()));
    }

    /** Checks the operands and derives the multipliers. */
    public static DepthwiseConv2dInt16 prepare(DepthwiseConv2dParams params, Operands operands) {
        return new DepthwiseConv2dInt16(params, operands);
    }

    /** The last stage, which a target needs as numbers. */
    public WideRequantizer requantizer() {
        return requantizer;
    }

    @Override
    public void run(Rows[] inputs, Rows[] outputs, int begin, int end) {
        Rows out = outputs[0];
        long[] acc = new long[bias.length];
        for (int y = begin; y < end; y++) {
            int to = 0;
            for (int x = 0; x < columns.output(); x++) {
                accumulate(inputs[0], y, x, acc);
                for (int c = 0; c < acc.length; c++) {
                    Elements.INT16.set(out.memory(), out.at(y), to++, requantizer.apply(acc[c], c));
                }
            }
        }
    }

    /** The accumulators of all channels at one output position. */
    private void accumulate(Rows in, int y, int x, long[] acc) {
        System.arraycopy(bias, 0, acc, 0, acc.length);
        for (int ky = rows.firstTap(y); ky < rows.endTap(y); ky++) {
            int row = in.at(rows.position(y, ky));
            for (int kx = columns.firstTap(x); kx < columns.endTap(x); kx++) {
                int from = columns.position(x, kx) * inputChannels;
                int tap = (ky * columns.taps() + kx) * acc.length;
                for (int o = 0; o < acc.length; o++) {
                    int value = Elements.INT16.get(in.memory(), row, from + o / depthMultiplier);
                    acc[o] += value * weights[tap + o];
                }
            }
        }
    }
}
