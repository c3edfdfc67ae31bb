package org.tinytune.core.op.transposeconv;

import org.tinytune.core.op.Activation;
import org.tinytune.core.op.Padding;

/**
 * Parameters of {@code TRANSPOSE_CONV}: input {@code [1, H, W, C_IN]}, weights {@code [C_OUT, KH, KW, C_IN]}, bias
 * {@code [C_OUT]}, output {@code [1, H', W', C_OUT]}.
 *
 * @param outputHeight {@code H'}: a convolution of so many rows has {@code H} of them
 * @param outputWidth {@code W'}: a convolution of so many columns has {@code W} of them
 * @param strideHeight output rows from one input row to the next
 * @param strideWidth output columns from one input column to the next
 * @param padding of the convolution that this is the transpose of: what is cut off here
 * @param activation clamp of the output
 */
public record TransposeConvParams(
        int outputHeight, int outputWidth, int strideHeight, int strideWidth, Padding padding, Activation activation) {

    /**
     * The parameters that make of an input the largest output without a gap, as Keras does.
     *
     * @param input rows and columns of the input
     * @param window rows and columns of the window
     * @param stride rows and columns of the output from one input pixel to the next
     */
    public static TransposeConvParams of(
            int[] input, int[] window, int[] stride, Padding padding, Activation activation) {
        return new TransposeConvParams(
                output(input[0], window[0], stride[0], padding),
                output(input[1], window[1], stride[1], padding),
                stride[0],
                stride[1],
                padding,
                activation);
    }

    private static int output(int input, int window, int stride, Padding padding) {
        long side = (long) input * stride + (padding == Padding.SAME ? 0 : Math.max(window - stride, 0));
        return (int) Math.min(Integer.MAX_VALUE, side);
    }

    /** The same with another clamp. */
    public TransposeConvParams withActivation(Activation other) {
        return new TransposeConvParams(outputHeight, outputWidth, strideHeight, strideWidth, padding, other);
    }
}
