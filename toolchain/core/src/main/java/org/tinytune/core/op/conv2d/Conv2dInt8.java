package org.tinytune.core.op.conv2d;

import java.util.Arrays;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.RowKernel;
import org.tinytune.core.graph.Rows;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.Int8Tensors;
import org.tinytune.core.op.Requantizers;
import org.tinytune.core.op.SlidingWindow;
import org.tinytune.core.quant.Requantizer;

/**
 * {@code CONV_2D} in int8: {@code [1, H, W, C_IN]} and {@code [C_OUT, KH, KW, C_IN]} to {@code [1, H', W', C_OUT]},
 * weights in [-128, 127] with one scale or one an output channel, int32 accumulators.
 *
 * <p>Padding counts as the input's zero point. A product is below 2^15 in magnitude, once the zero point is subtracted
 * below 2^15.01, so that an accumulator cannot overflow below 2^15 taps; beyond, it wraps as the reference does.
 *
 * <p>Source: tensorflow:lite/kernels/internal/reference/integer_ops/conv.h, ConvPerChannel. Checked by: Conv2dInt8Test.
 */
public final class Conv2dInt8 implements RowKernel {
    private final SlidingWindow rows;
    private final SlidingWindow columns;
    private final int inputChannels;
    private final int inputZeroPoint;
    private final byte[] weights;
    private final int[] bias;
    private final Requantizer requantizer;

    private Conv2dInt8(Conv2dParams params, Operands operands) {
        Tensor input = Int8Tensors.activation(operands.input(0));
        Tensor output = Int8Tensors.activation(operands.output());
        int channels = output.shape().dim(3);
        rows = Conv2d.rows(params, operands.inputShapes());
        columns = Conv2d.columns(params, operands.inputShapes());
        inputChannels = input.shape().dim(3);
        inputZeroPoint = input.quantization().zeroPoint();
        weights = Int8Tensors.weights(operands, 0);
        bias = Int8Tensors.bias(operands, channels);
        requantizer = Requantizers.perChannel(operands, params.activation());
    }

    /** Checks the operands and derives the multipliers. */
    public static Conv2dInt8 prepare(Conv2dParams params, Operands operands) {
        return new Conv2dInt8(params, operands);
    }

    /** The last stage, which a target needs as numbers. */
    public Requantizer requantizer() {
        return requantizer;
    }

    @Override
    public void run(Rows[] inputs, Rows[] outputs, int begin, int end) {
        Rows out = outputs[0];
        int[] patch = new int[rows.taps() * columns.taps() * inputChannels];
        for (int y = begin; y < end; y++) {
            int to = out.at(y);
            for (int x = 0; x < columns.output(); x++) {
                gather(inputs[0], y, x, patch);
                for (int c = 0; c < bias.length; c++) {
                    int acc = bias[c] + dot(patch, weights, c * patch.length);
                    out.memory()[to++] = requantizer.apply(acc, c);
                }
            }
        }
    }

    /** Copies what the window sees at an output position, the zero point subtracted: padding becomes 0. */
    private void gather(Rows in, int y, int x, int[] patch) {
        Arrays.fill(patch, 0);
        for (int ky = rows.firstTap(y); ky < rows.endTap(y); ky++) {
            int row = in.at(rows.position(y, ky));
            for (int kx = columns.firstTap(x); kx < columns.endTap(x); kx++) {
                int from = row + columns.position(x, kx) * inputChannels;
                int to = (ky * columns.taps() + kx) * inputChannels;
                for (int c = 0; c < inputChannels; c++) {
                    patch[to + c] = in.memory()[from + c] - inputZeroPoint;
                }
            }
        }
    }

    private static int dot(int[] patch, byte[] weights, int offset) {
        int sum = 0;
        for (int i = 0; i < patch.length; i++) {
            sum += patch[i] * weights[offset + i];
        }
        return sum;
    }
}
