package org.tinytune.core.op.transposeconv;

import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.RowKernel;
import org.tinytune.core.graph.RowWindow;
import org.tinytune.core.graph.Rows;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.Int8Tensors;
import org.tinytune.core.op.Requantizers;
import org.tinytune.core.op.SlidingWindow;
import org.tinytune.core.quant.Requantizer;

/**
 * {@code TRANSPOSE_CONV} in int8: {@code [1, H, W, C_IN]} and {@code [C_OUT, KH, KW, C_IN]} to {@code [1, H', W',
 * C_OUT]}, weights in [-128, 127] with one scale or one an output channel, int32 accumulators that wrap.
 *
 * <p>The reference paints the window of every input pixel into an image of accumulators. Here an output pixel gathers
 * the same products: from input row {@code i} by tap {@code y + before - i · stride}.
 *
 * <p>Source: tensorflow:lite/kernels/internal/reference/integer_ops/transpose_conv.h. Checked by:
 * TransposeConvInt8Test.
 */
public final class TransposeConvInt8 implements RowKernel {
    private final SlidingWindow rows;
    private final SlidingWindow columns;
    private final RowWindow rowsOf;
    private final RowWindow columnsOf;
    private final int inputChannels;
    private final int inputZeroPoint;
    private final byte[] weights;
    private final int[] bias;
    private final Requantizer requantizer;

    private TransposeConvInt8(TransposeConvParams params, Operands operands) {
        Tensor input = Int8Tensors.activation(operands.input(0));
        Tensor output = Int8Tensors.activation(operands.output());
        int channels = output.shape().dim(3);
        rows = TransposeConv.rows(params, operands.inputShapes());
        columns = TransposeConv.columns(params, operands.inputShapes());
        rowsOf = rows.transposedRowWindow();
        columnsOf = columns.transposedRowWindow();
        inputChannels = input.shape().dim(3);
        inputZeroPoint = input.quantization().zeroPoint();
        weights = Int8Tensors.weights(operands, 0);
        bias = Int8Tensors.bias(operands, channels);
        requantizer = Requantizers.perChannel(operands, params.activation());
    }

    /** Checks the operands and derives the multipliers. */
    public static TransposeConvInt8 prepare(TransposeConvParams params, Operands operands) {
        return new TransposeConvInt8(params, operands);
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
            for (int x = 0; x < columns.input(); x++) {
                System.arraycopy(bias, 0, acc, 0, acc.length);
                gather(inputs[0], y, x, acc);
                for (int c = 0; c < acc.length; c++) {
                    out.memory()[to++] = requantizer.apply(acc[c], c);
                }
            }
        }
    }

    /** Adds what each input pixel paints at an output position. */
    private void gather(Rows in, int y, int x, int[] acc) {
        for (int i = rowsOf.first(y); i < rowsOf.end(y); i++) {
            int ky = y + rows.before() - i * rows.stride();
            for (int j = columnsOf.first(x); j < columnsOf.end(x); j++) {
                int kx = x + columns.before() - j * columns.stride();
                int from = in.at(i) + j * inputChannels;
                int tap = ky * columns.taps() + kx;
                for (int c = 0; c < acc.length; c++) {
                    int w = (c * rows.taps() * columns.taps() + tap) * inputChannels;
                    acc[c] += dot(in.memory(), from, w);
                }
            }
        }
    }

    private int dot(byte[] pixel, int from, int w) {
        int sum = 0;
        for (int k = 0; k < inputChannels; k++) {
            sum += (pixel[from + k] - inputZeroPoint) * weights[w + k];
        }
        return sum;
    }
}
