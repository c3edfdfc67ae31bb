package org.tinytune.core.op.depthwiseconv;

import org.tinytune.core.op.Activation;
import org.tinytune.core.op.Padding;

/**
 * Parameters of {@code DEPTHWISE_CONV_2D}: input {@code [1, H, W, C_IN]}, weights {@code [1, KH, KW, C_IN·M]}, bias
 * {@code [C_IN·M]}; output channel {@code c·M + m} sees input channel {@code c} only.
 *
 * @param strideHeight rows from one window to the next
 * @param strideWidth columns from one window to the next
 * @param dilationHeight rows from one tap to the next
 * @param dilationWidth columns from one tap to the next
 * @param depthMultiplier output channels of each input channel, {@code M}
 * @param padding at the border, with the input's zero point
 * @param activation clamp of the output
 */
public record DepthwiseConv2dParams(
        int strideHeight,
        int strideWidth,
        int dilationHeight,
        int dilationWidth,
        int depthMultiplier,
        Padding padding,
        Activation activation) {

    /** Undilated, with one stride for both directions and one output channel an input channel. */
    public static DepthwiseConv2dParams of(int stride, Padding padding, Activation activation) {
        return new DepthwiseConv2dParams(stride, stride, 1, 1, 1, padding, activation);
    }

    /** Of a convolution over time: of an image of one row, {@code [1, 1, T, C]}, with weights {@code [1, 1, K, C]}. */
    public static DepthwiseConv2dParams overTime(int stride, int dilation, Padding padding, Activation activation) {
        return new DepthwiseConv2dParams(1, stride, 1, dilation, 1, padding, activation);
    }

    /** The same with another clamp. */
    public DepthwiseConv2dParams withActivation(Activation other) {
        return new DepthwiseConv2dParams(
                strideHeight, strideWidth, dilationHeight, dilationWidth, depthMultiplier, padding, other);
    }
}
