package org.tinytune.core.op.conv2d;

import org.tinytune.core.op.Activation;
import org.tinytune.core.op.Padding;

/**
 * Parameters of {@code CONV_2D}: input {@code [1, H, W, C_IN]}, weights {@code [C_OUT, KH, KW, C_IN]}, bias
 * {@code [C_OUT]}.
 *
 * @param strideHeight rows from one window to the next
 * @param strideWidth columns from one window to the next
 * @param dilationHeight rows from one tap to the next
 * @param dilationWidth columns from one tap to the next
 * @param padding at the border, with the input's zero point
 * @param activation clamp of the output
 */
public record Conv2dParams(
        int strideHeight,
        int strideWidth,
        int dilationHeight,
        int dilationWidth,
        Padding padding,
        Activation activation) {

    /** Undilated, with one stride for both directions. */
    public static Conv2dParams of(int stride, Padding padding, Activation activation) {
        return new Conv2dParams(stride, stride, 1, 1, padding, activation);
    }

    /**
     * Of a convolution over time, as TFLite expresses it: the series {@code [1, T, C_IN]} is reshaped to an image of
     * one row, {@code [1, 1, T, C_IN]}, and the weights are {@code [C_OUT, 1, K, C_IN]}.
     */
    public static Conv2dParams overTime(int stride, int dilation, Padding padding, Activation activation) {
        return new Conv2dParams(1, stride, 1, dilation, padding, activation);
    }

    /** The same with another clamp. */
    public Conv2dParams withActivation(Activation other) {
        return new Conv2dParams(strideHeight, strideWidth, dilationHeight, dilationWidth, padding, other);
    }
}
