package org.tinytune.core.op;

import org.tinytune.core.graph.InvalidModelException;

/** How a window that slides over an image meets its border. The order is TFLite's Padding. */
public enum Padding {
    /** As many outputs as {@code ceil(input / stride)}; the surplus padding goes below and to the right. */
    SAME,
    /** The window stays inside. */
    VALID;

    /**
     * Outputs along one extent.
     *
     * <p>Source: tensorflow:lite/kernels/padding.h, ComputeOutSize.
     *
     * @param input elements
     * @param window elements of the undilated window
     * @param stride at least 1
     * @param dilation at least 1
     * @throws InvalidModelException if the window does not fit
     */
    public int outputSize(int input, int window, int stride, int dilation) {
        int output =
                this == SAME ? (input + stride - 1) / stride : (input + stride - extent(window, dilation)) / stride;
        if (output < 1) {
            throw new InvalidModelException("a window of " + extent(window, dilation) + " does not fit into " + input);
        }
        return output;
    }

    /**
     * Padding before the first element.
     *
     * <p>Source: tensorflow:lite/kernels/padding.h, ComputePaddingWithOffset.
     */
    public int before(int input, int window, int stride, int dilation) {
        if (this == VALID) {
            return 0;
        }
        int output = outputSize(input, window, stride, dilation);
        return Math.max(0, (output - 1) * stride + extent(window, dilation) - input) / 2;
    }

    /** Elements that a dilated window spans. */
    public static int extent(int window, int dilation) {
        return (window - 1) * dilation + 1;
    }

    /** Its number in a file. */
    public int code() {
        return ordinal();
    }

    /**
     * The padding with that number in a file.
     *
     * @throws InvalidModelException if there is none
     */
    public static Padding ofCode(int code) {
        if (code < 0 || code >= values().length) {
            throw new InvalidModelException("padding " + code + " is not supported");
        }
        return values()[code];
    }
}
