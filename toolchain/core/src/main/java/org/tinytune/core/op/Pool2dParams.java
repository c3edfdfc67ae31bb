package org.tinytune.core.op;

/**
 * Parameters of the pooling operators.
 *
 * @param filterHeight rows of the window
 * @param filterWidth columns of the window
 * @param strideHeight rows from one window to the next
 * @param strideWidth columns from one window to the next
 * @param padding at the border; padded elements do not count
 * @param activation clamp of the output
 */
public record Pool2dParams(
        int filterHeight, int filterWidth, int strideHeight, int strideWidth, Padding padding, Activation activation) {}
