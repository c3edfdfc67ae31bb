package org.tinytune.core.op.resizearea;

import java.util.Arrays;
import org.tinytune.core.dsp.AreaMean;
import org.tinytune.core.dsp.BoxFilter;
import org.tinytune.core.dsp.Luma;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.RowKernel;
import org.tinytune.core.graph.Rows;
import org.tinytune.core.op.Int8Tensors;
import org.tinytune.core.tensor.Shape;

/**
 * {@code RESIZE_AREA} in int8: bytes in [0, 255] are summed with the weights of {@link BoxFilter} in both directions,
 * each colour on its own; the sums become a luma where the output is grey; and that is divided by the weights. Rounding
 * adds 0.5 of a count, weights above 128 another {@value AreaMean#ERROR}, and {@link Luma} as much.
 *
 * <p>Checked by: ResizeAreaTest, KernelDifferentialTest.
 */
final class ResizeAreaInt8 implements RowKernel {
    private static final int ZERO = 128;

    private final ResizeAreaParams params;
    private final int channels;
    private final BoxFilter rows;
    private final AreaMean mean;

    /**
     * Of each column of the output, the first column of the part that it covers, and the weights of those from there.
     */
    private final int[] first;

    private final int[][] weights;

    private ResizeAreaInt8(ResizeAreaParams params, int channels) {
        this.params = params;
        this.channels = channels;
        rows = params.rows();
        mean = params.mean();
        BoxFilter columns = params.columns();
        first = new int[params.outputWidth()];
        weights = new int[first.length][];
        for (int x = 0; x < first.length; x++) {
            first[x] = columns.first(x);
            weights[x] = new int[columns.end(x) - first[x]];
            for (int k = 0; k < weights[x].length; k++) {
                weights[x][k] = columns.weight(x, first[x] + k);
            }
        }
    }

    /**
     * Checks the operands.
     *
     * @throws InvalidModelException if they are not int8 and quantized alike
     */
    static ResizeAreaInt8 prepare(ResizeAreaParams params, Operands operands) {
        Shape image = Int8Tensors.activation(operands.input(0)).shape();
        Int8Tensors.activation(operands.output());
        Int8Tensors.requireSameQuantization(operands);
        return new ResizeAreaInt8(params, image.dim(3));
    }

    @Override
    public void run(Rows[] inputs, Rows[] outputs, int begin, int end) {
        byte[] out = outputs[0].memory();
        int[] sums = new int[params.width() * channels];
        for (int y = begin; y < end; y++) {
            sumRows(inputs[0], y, sums);
            int to = outputs[0].at(y);
            for (int x = 0; x < first.length; x++) {
                if (params.grey()) {
                    int luma = Luma.of(scaled(sums, x, 0), scaled(sums, x, 1), scaled(sums, x, 2));
                    out[to++] = (byte) (mean.mean(luma) - ZERO);
                } else {
                    for (int c = 0; c < channels; c++) {
                        out[to++] = (byte) (mean.mean(scaled(sums, x, c)) - ZERO);
                    }
                }
            }
        }
    }

    /** The weighted sums of the rows that row y covers, for each column and channel of the part. */
    private void sumRows(Rows in, int y, int[] sums) {
        Arrays.fill(sums, ZERO * rows.span());
        int end = rows.end(y);
        for (int row = rows.first(y); row < end; row++) {
            int from = in.at(params.top() + row) + params.left() * channels;
            add(rows.weight(y, row), in.memory(), from, sums);
        }
    }

    private static void add(int weight, byte[] memory, int from, int[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += weight * memory[from + i];
        }
    }

    /** The weighted sum of the columns that column x covers, scaled. */
    private int scaled(int[] sums, int x, int c) {
        int sum = 0;
        int at = first[x] * channels + c;
        for (int weight : weights[x]) {
            sum += weight * sums[at];
            at += channels;
        }
        return mean.scaled(sum);
    }
}
