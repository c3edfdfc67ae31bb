package org.tinytune.core.op.transposeconv;

import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.RowKernel;
import org.tinytune.core.graph.RowWindow;
import org.tinytune.core.graph.Rows;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.Int16Tensors;
import org.tinytune.core.op.Int8Tensors;
import org.tinytune.core.op.Requantizers;
import org.tinytune.core.op.SlidingWindow;
import org.tinytune.core.quant.WideRequantizer;
import org.tinytune.core.tensor.Elements;

/**
 * {@code TRANSPOSE_CONV} in int16: {@code [1, H, W, C_IN]} and {@code [C_OUT, KH, KW, C_IN]} to {@code [1, H', W',
 * C_OUT]}, int8 weights in [-128, 127] with one scale or one an output channel. Sums have 64 bits, or wrap at 32 where
 * the bias is int32.
 *
 * <p>The reference paints the window of every input pixel into an image of accumulators. Here an output pixel gathers
 * the same products: from input row {@code i} by tap {@code y + before - i · stride}.
 *
 * <p>Source: tensorflow:lite/kernels/internal/reference/integer_ops/transpose_conv.h. Checked by:
 * OperatorDifferentialTest.
 */
public final class TransposeConvInt16 implements RowKernel {
    private final SlidingWindow rows;
    private final SlidingWindow columns;
    private final RowWindow rowsOf;
    private final RowWindow columnsOf;
    private final int inputChannels;
    private final byte[] weights;
    private final long[] bias;
    private final WideRequantizer requantizer;

    private TransposeConvInt16(TransposeConvParams params, Operands operands) {
        Tensor input = Int16Tensors.activation(operands.input(0));
        Tensor output = Int16Tensors.activation(operands.output());
        int channels = output.shape().dim(3);
        rows = TransposeConv.rows(params, operands.inputShapes());
        columns = TransposeConv.columns(params, operands.inputShapes());
        rowsOf = rows.transposedRowWindow();
        columnsOf = columns.transposedRowWindow();
        inputChannels = input.shape().dim(3);
        weights = Int8Tensors.weights(operands, 0);
        bias = Int16Tensors.bias(operands, channels);
        requantizer = Int16Tensors.requantizer(operands, Requantizers.perChannel(operands, params.activation()));
    }

    /** Checks the operands and derives the multipliers. */
    public static TransposeConvInt16 prepare(TransposeConvParams params, Operands operands) {
        return new TransposeConvInt16(params, operands);
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
            for (int x = 0; x < columns.input(); x++) {
                System.arraycopy(bias, 0, acc, 0, acc.length);
                gather(inputs[0], y, x, acc);
                for (int c = 0; c < acc.length; c++) {
                    Elements.INT16.set(out.memory(), out.at(y), to++, requantizer.apply(acc[c], c));
                }
            }
        }
    }

    /** Adds what each input pixel paints at an output position. */
    private void gather(Rows in, int y, int x, long[] acc) {
        for (int i = rowsOf.first(y); i < rowsOf.end(y); i++) {
            int ky = y + rows.before() - i * rows.stride();
            for (int j = columnsOf.first(x); j < columnsOf.end(x); j++) {
                int kx = x + columns.before() - j * columns.stride();
                int from = in.at(i) + j * inputChannels * Short.BYTES;
                int tap = ky * columns.taps() + kx;
                for (int c = 0; c < acc.length; c++) {
                    int w = (c * rows.taps() * columns.taps() + tap) * inputChannels;
                    acc[c] += dot(in.memory(), from, w);
                }
            }
        }
    }

    private long dot(byte[] pixel, int from, int w) {
        long sum = 0;
        for (int k = 0; k < inputChannels; k++) {
            sum += Elements.INT16.get(pixel, from, k) * weights[w + k];
        }
        return sum;
    }
}
