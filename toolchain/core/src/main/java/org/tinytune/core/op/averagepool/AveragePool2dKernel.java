package org.tinytune.core.op.averagepool;

import java.util.Arrays;
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
 * {@code AVERAGE_POOL_2D} in int8 or int16: {@code [1, H, W, C]} to {@code [1, H', W', C]}, both quantized alike. The
 * mean of the raw integers is rounded to nearest, ties away from zero; not away from the zero point.
 *
 * <p>Source: tensorflow:lite/kernels/internal/reference/integer_ops/pooling.h, AveragePool. Checked by:
 * AveragePool2dInt8Test.
 */
public final class AveragePool2dKernel implements RowKernel {
    private final SlidingWindow rows;
    private final SlidingWindow columns;
    private final int channels;
    private final Elements elements;
    private final int min;
    private final int max;

    private AveragePool2dKernel(Pool2dParams params, Operands operands) {
        Tensor input = Int16Tensors.activationOfEither(operands.input(0));
        Tensor output = Int16Tensors.activationOfEither(operands.output());
        Int8Tensors.requireSameQuantization(operands);
        rows = params.rows(input.shape());
        columns = params.columns(input.shape());
        Int16Tensors.requireSummable(input, (long) rows.taps() * columns.taps());
        channels = input.shape().dim(3);
        elements = Elements.of(output.type());
        min = params.activation().min(output.quantization(), elements);
        max = params.activation().max(output.quantization(), elements);
    }

    /** Checks the operands and derives the bounds. */
    public static AveragePool2dKernel prepare(Pool2dParams params, Operands operands) {
        return new AveragePool2dKernel(params, operands);
    }

    @Override
    public void run(Rows[] inputs, Rows[] outputs, int begin, int end) {
        Rows in = inputs[0];
        Rows out = outputs[0];
        int[] sums = new int[channels];
        for (int y = begin; y < end; y++) {
            int to = 0;
            for (int x = 0; x < columns.output(); x++) {
                int count = sum(in, y, x, sums);
                for (int sum : sums) {
                    int mean = FixedPoint.clamp(roundedMean(sum, count), min, max);
                    elements.set(out.memory(), out.at(y), to++, mean);
                }
            }
        }
    }

    /** Sums what the window sees, channel by channel, and returns how many elements of each that are. */
    private int sum(Rows in, int y, int x, int[] sums) {
        Arrays.fill(sums, 0);
        int firstRow = rows.firstTap(y);
        int endRow = rows.endTap(y);
        int firstColumn = columns.firstTap(x);
        int endColumn = columns.endTap(x);
        for (int ky = firstRow; ky < endRow; ky++) {
            int row = in.at(rows.position(y, ky));
            int from = columns.position(x, firstColumn) * channels;
            for (int kx = firstColumn; kx < endColumn; kx++) {
                for (int c = 0; c < channels; c++) {
                    sums[c] += elements.get(in.memory(), row, from++);
                }
            }
        }
        return (endRow - firstRow) * (endColumn - firstColumn);
    }

    private static int roundedMean(int sum, int count) {
        return (sum > 0 ? sum + count / 2 : sum - count / 2) / count;
    }
}
