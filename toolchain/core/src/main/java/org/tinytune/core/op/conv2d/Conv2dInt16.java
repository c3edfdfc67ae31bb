package org.tinytune.core.op.conv2d;

import java.util.Arrays;
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
 * {@code CONV_2D} in int16: {@code [1, H, W, C_IN]} and {@code [C_OUT, KH, KW, C_IN]} to {@code [1, H', W', C_OUT]},
 * int8 weights in [-128, 127] with one scale or one an output channel. Padding counts as 0. A product is at most 2^22
 * in magnitude; sums have 64 bits, or wrap at 32 where the bias is int32.
 *
 * <p>Source: tensorflow:lite/kernels/internal/reference/integer_ops/conv.h, ConvPerChannel of int16. Checked by:
 * OperatorDifferentialTest.
 */
public final class Conv2dInt16 implements RowKernel {
    private final SlidingWindow rows;
    private final SlidingWindow columns;
    private final int inputChannels;
    private final byte[] weights;
    private final long[] bias;
    private final WideRequantizer requantizer;

    private Conv2dInt16(Conv2dParams params, Operands operands) {
        Tensor input = Int16Tensors.activation(operands.input(0));
        Tensor output = Int16Tensors.activation(operands.output());
        int channels = output.shape().dim(3);
        rows = Conv2d.rows(params, operands.inputShapes());
        columns = Conv2d.columns(params, operands.inputShapes());
        inputChannels = input.shape().dim(3);
        weights = Int8Tensors.weights(operands, 0);
        bias = Int16Tensors.bias(operands, channels);
        requantizer = Int16Tensors.requantizer(operands, Requantizers.perChannel(operands, params.activation()));
    }

    /** Checks the operands and derives the multipliers. */
    public static Conv2dInt16 prepare(Conv2dParams params, Operands operands) {
        return new Conv2dInt16(params, operands);
    }

    /** The last stage, which a target needs as numbers. */
    public WideRequantizer requantizer() {
        return requantizer;
    }

    @Override
    public void run(Rows[] inputs, Rows[] outputs, int begin, int end) {
        Rows out = outputs[0];
        int[] patch = new int[rows.taps() * columns.taps() * inputChannels];
        for (int y = begin; y < end; y++) {
            int to = 0;
            for (int x = 0; x < columns.output(); x++) {
                gather(inputs[0], y, x, patch);
                for (int c = 0; c < bias.length; c++) {
                    long acc = bias[c] + dot(patch, weights, c * patch.length);
                    Elements.INT16.set(out.memory(), out.at(y), to++, requantizer.apply(acc, c));
                }
            }
        }
    }

    /** Copies what the window sees at an output position; padding becomes 0. */
    private void gather(Rows in, int y, int x, int[] patch) {
        Arrays.fill(patch, 0);
        for (int ky = rows.firstTap(y); ky < rows.endTap(y); ky++) {
            int row = in.at(rows.position(y, ky));
            for (int kx = columns.firstTap(x); kx < columns.endTap(x); kx++) {
                int from = columns.position(x, kx) * inputChannels;
                int to = (ky * columns.taps() + kx) * inputChannels;
                for (int c = 0; c < inputChannels; c++) {
                    patch[to + c] = Elements.INT16.get(in.memory(), row, from + c);
                }
            }
        }
    }

    private static long dot(int[] patch, byte[] weights, int offset) {
        long sum = 0;
        for (int i = 0; i < patch.length; i++) {
            sum += patch[i] * weights[offset + i];
        }
        return sum;
    }
}
