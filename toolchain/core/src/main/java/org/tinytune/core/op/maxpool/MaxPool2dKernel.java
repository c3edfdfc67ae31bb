package org.tinytune.core.op.maxpool;

import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.RowKernel;
import org.tinytune.core.graph.Rows;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.Int16Tensors;
import org.tinytune.core.op.Int8Tensors;
import org.tinytune.core.op.Pool2dParams;
import org.tinytune.core.op.SlidingWindow;
import org.tinytune.core.quant.FixedPoint;
import org.tinytune.core.tensor.Elements;

/**
 * {@code MAX_POOL_2D} in int8 or int16: {@code [1, H, W, C]} to {@code [1, H', W', C]}, both quantized alike.
 *
 * <p>Source: tensorflow:lite/kernels/internal/reference/integer_ops/pooling.h, MaxPool. Checked by: MaxPool2dInt8Test.
 */
public final class MaxPool2dKernel implements RowKernel {
    private final SlidingWindow rows;
    private final SlidingWindow columns;
    private final int channels;
    private final Elements elements;
    private final int min;
    private final int max;

    private MaxPool2dKernel(Pool2dParams params, Operands operands) {
        Tensor input = Int16Tensors.activationOfEither(operands.input(0));
        Tensor output = Int16Tensors.activationOfEither(operands.output());
        Int8Tensors.requireSameQuantization(operands);
        rows = params.rows(input.shape());
        columns = params.columns(input.shape());
        channels = input.shape().dim(3);
        elements = Elements.of(output.type());
        min = params.activation().min(output.quantization(), elements);
        max = params.activation().max(output.quantization(), elements);
    }

    /** Checks the operands and derives the bounds. */
    public static MaxPool2dKernel prepare(Pool2dParams params, Operands operands) {
        return new MaxPool2dKernel(params, operands);
    }

    @Override
    public void run(Rows[] inputs, Rows[] outputs, int begin, int end) {
        Rows out = outputs[0];
        for (int y = begin; y < end; y++) {
            int to = 0;
            for (int x = 0; x < columns.output(); x++) {
                for (int c = 0; c < channels; c++) {
                    int greatest = FixedPoint.clamp(greatest(inputs[0], y, x, c), min, max);
                    elements.set(out.memory(), out.at(y), to++, greatest);
                }
            }
        }
    }

    private int greatest(Rows in, int y, int x, int channel) {
        int greatest = elements.min();
        for (int ky = rows.firstTap(y); ky < rows.endTap(y); ky++) {
            int row = in.at(rows.position(y, ky));
            for (int kx = columns.firstTap(x); kx < columns.endTap(x); kx++) {
                int i = columns.position(x, kx) * channels + channel;
                greatest = Math.max(greatest, elements.get(in.memory(), row, i));
            }
        }
        return greatest;
    }
}
