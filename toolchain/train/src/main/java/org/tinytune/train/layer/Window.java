package org.tinytune.train.layer;

import org.tinytune.core.op.Activation;
import org.tinytune.core.op.Padding;
import org.tinytune.core.op.Pool2dParams;
import org.tinytune.core.op.conv2d.Conv2dParams;
import org.tinytune.core.op.depthwiseconv.DepthwiseConv2dParams;
import org.tinytune.core.op.transposeconv.TransposeConvParams;
import org.tinytune.core.tensor.Shape;
import org.tinytune.train.settings.TomlTable;
import org.tinytune.train.settings.TomlTable.Extent;

/**
 * A window that slides over an image.
 *
 * @param size of the window
 * @param stride from one window to the next
 * @param dilation from one tap to the next
 * @param padding at the border
 */
record Window(Extent size, Extent stride, Extent dilation, Padding padding) {
    private static final int MAX = 4096;

    /** Of a convolution: {@code kernel}, {@code stride}, {@code dilation} and {@code padding}. */
    static Window ofKernel(TomlTable settings) {
        return new Window(
                settings.extent("kernel", MAX),
                settings.extent("stride", 1, MAX),
                settings.extent("dilation", 1, MAX),
                settings.word("padding", Padding.SAME));
    }

    /** Of a transposed convolution: {@code kernel}, {@code stride} and {@code padding}. */
    static Window ofTransposedKernel(TomlTable settings) {
        return new Window(
                settings.extent("kernel", MAX),
                settings.extent("stride", 1, MAX),
                new Extent(1, 1),
                settings.word("padding", Padding.SAME));
    }

    /** Of a pool: {@code size}, {@code stride}, which is the size if left out, and {@code padding}. */
    static Window ofPool(TomlTable settings) {
        Extent size = settings.extent("size", 2, MAX);
        Extent stride = settings.has("stride") ? settings.extent("stride", MAX) : size;
        return new Window(size, stride, new Extent(1, 1), settings.word("padding", Padding.VALID));
    }

    Conv2dParams conv2d(Activation activation) {
        return new Conv2dParams(
                stride.height(), stride.width(), dilation.height(), dilation.width(), padding, activation);
    }

    DepthwiseConv2dParams depthwise(int multiplier, Activation activation) {
        return new DepthwiseConv2dParams(
                stride.height(), stride.width(), dilation.height(), dilation.width(), multiplier, padding, activation);
    }

    TransposeConvParams transposeConv(Shape image, Activation activation) {
        return TransposeConvParams.of(
                new int[] {image.dim(1), image.dim(2)},
                new int[] {size.height(), size.width()},
                new int[] {stride.height(), stride.width()},
                padding,
                activation);
    }

    Pool2dParams pool() {
        return new Pool2dParams(size.height(), size.width(), stride.height(), stride.width(), padding, Activation.NONE);
    }
}
