package org.tinytune.core.op.depthwiseconv;

import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.RowKernel;
import org.tinytune.core.graph.Rows;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.Int8Tensors;
import org.tinytune.core.op.Requantizers;
import org.tinytune.core.op.SlidingWindow;
import org.tinytune.core.quant.Requantizer;

/**
 * {@code DEPTHWISE_CONV_2D} in int8: {@code [1, H, W, C_IN]} and {@code [1, KH, KW, C_IN·M]} to {@code [1, H', W',
 * C_IN·M]}, weights in [-128, 127] with one scale or one an output channel, int32 accumulators.
 *
 * <p>Padding counts as the input's zero point. An accumulator cannot overflow below 2^15 taps.
 *
 * <p>Source: tensorflow:lite/kernels/internal/reference/integer_ops/depthwise_conv.h, DepthwiseConvPerChannel. Checked
 * by: DepthwiseConv2dInt8Test.
 */
public final class DepthwiseConv2dInt8 implements RowKernel {
    private final SlidingWindow rows;
    private final SlidingWindow columns;
    private final int inputChannels;
    private final int depthMultiplier;
    private final int inputZeroPoint;
    private final byte[] weights;
    private final int[] bias;
    private final Requantizer requantizer;

    private DepthwiseConv2dInt8(DepthwiseConv2dParams params, Operands operands) {
        Tensor input = Int8Tensors.activation(operands.input(0));
        Tensor output = Int8Tensors.activation(operands.output());
        int channels = output.shape().dim(3);
        rows = DepthwiseConv2d.rows(params, operands.inputShapes());
        columns = DepthwiseConv2d.columns(params, operands.inputShapes());
        inputChannels = input.shape().dim(3);
        depthMultiplier = params.depthMultiplier();
        inputZeroPoint = input.quantization().zeroPoint();
        weights = Int8Tensors.weights(operands, 3);
        bias = Int8Tensors.bias(operands, channels);
        requantizer = Requantizers.perChannel(operands, params.activation());
    }

    /** Checks the operands and derives the multipliers. */
    public static DepthwiseConv2dInt8 prepare(DepthwiseConv2dParams params, Operands operands) {
        return new DepthwiseConv2dInt8(params, operands);
    }

    /** The last stage, which a target needs as numbers. */
    public Requantizer requantizer() {
        return requantizer;
    }

    @Override
    public void run(Rows[] inputs, Rows[] outputs, int begin, int end) {
        Rows out = outputs[0];
        int[] acc = new int[bias.length];
        for (int y = begin; y < end; y++) {
            int to = out.at(y);
            for (int x = 0; x < columns.output(); x++) {
                accumulate(inputs[0], y, x, acc);
                for (int c = 0; c < acc.length; c++) {
                    out.memory()[to++] = requantizer.apply(acc[c], c);
                }
            }
        }
    }

    /** The accumulators of all channels at one output position. */
    private void accumulate(Rows in, int y, int x, int[] acc) {
        System.arraycopy(bias, 0, acc, 0, acc.length);
        for (int ky = rows.firstTap(y); ky < rows.endTap(y); ky++) {
            int row = in.at(rows.position(y, ky));
            for (int kx = columns.firstTap(x); kx < columns.endTap(x); kx++) {
                int from = row + columns.position(x, kx) * inputChannels;
                int tap = (ky * columns.taps() + kx) * acc.length;
                for (int m = 0; m < depthMultiplier; m++) {
                    for (int c = 0; c < inputChannels; c++) {
                        int o = c * depthMultiplier + m;
                        acc[o] += (in.memory()[from + c] - inputZeroPoint) * weights[tap + o];
                    }
                }
            }
        }
    }
}
