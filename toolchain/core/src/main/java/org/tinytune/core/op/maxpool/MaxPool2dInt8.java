package org.tinytune.core.op.maxpool;

import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.RowKernel;
import org.tinytune.core.graph.Rows;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.Int8Tensors;
import org.tinytune.core.op.Pool2dParams;
import org.tinytune.core.op.SlidingWindow;
import org.tinytune.core.quant.FixedPoint;

/**
 * {@code MAX_POOL_2D} in int8: {@code [1, H, W, C]} to {@code [1, H', W', C]}, both quantized alike.
 *
 * <p>Source: tensorflow:lite/kernels/internal/reference/integer_ops/pooling.h, MaxPool. Checked by: MaxPool2dInt8Test.
 */
public final class MaxPool2dInt8 implements RowKernel {
    private final SlidingWindow rows;
    private final SlidingWindow columns;
    private final int channels;
    private final int min;
    private final int max;

    private MaxPool2dInt8(Pool2dParams params, Operands operands) {
        Tensor input = Int8Tensors.activation(operands.input(0));
        Tensor output = Int8Tensors.activation(operands.output());
        Int8Tensors.requireSameQuantization(operands);
        rows = params.rows(input.shape());
        columns = params.columns(input.shape());
        channels = input.shape().dim(3);
        min = params.activation().minInt8(output.quantization());
        max = params.activation().maxInt8(output.quantization());
    }

    /** Checks the operands and derives the bounds. */
    public static MaxPool2dInt8 prepare(Pool2dParams params, Operands operands) {
        return new MaxPool2dInt8(params, operands);
    }

    @Override
    public void run(Rows[] inputs, Rows[] outputs, int begin, int end) {
        Rows out = outputs[0];
        for (int y = begin; y < end; y++) {
            int to = out.at(y);
            for (int x = 0; x < columns.output(); x++) {
                for (int c = 0; c < channels; c++) {
                    out.memory()[to++] = (byte) FixedPoint.clamp(greatest(inputs[0], y, x, c), min, max);
                }
            }
        }
    }

    private int greatest(Rows in, int y, int x, int channel) {
        int greatest = Byte.MIN_VALUE;
        for (int ky = rows.firstTap(y); ky < rows.endTap(y); ky++) {
            int row = in.at(rows.position(y, ky)) + channel;
            for (int kx = columns.firstTap(x); kx < columns.endTap(x); kx++) {
                greatest = Math.max(greatest, in.memory()[row + columns.position(x, kx) * channels]);
            }
        }
        return greatest;
    }
}
