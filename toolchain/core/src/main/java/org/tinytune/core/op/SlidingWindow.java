package org.tinytune.core.op;

import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.RowWindow;

/**
 * A window that slides along one extent of an image.
 *
 * @param input elements along the extent
 * @param output positions of the window
 * @param taps elements of the window
 * @param stride elements from one position to the next
 * @param dilation elements from one tap to the next
 * @param before elements of padding in front of the input
 */
public record SlidingWindow(int input, int output, int taps, int stride, int dilation, int before) {
    /** Keeps every position within an int, whatever a file says. */
    private static final int MAX = 1 << 15;

    /**
     * The window of an operator.
     *
     * @throws InvalidModelException if a number is out of range or the window does not fit
     */
    public static SlidingWindow of(Padding padding, int input, int taps, int stride, int dilation) {
        if (isOutOfRange(taps) || isOutOfRange(stride) || isOutOfRange(dilation)) {
            throw new InvalidModelException("a window of " + taps + ", stride " + stride + ", dilation " + dilation
                    + ": each must be in [1, " + MAX + "]");
        }
        return new SlidingWindow(
                input,
                padding.outputSize(input, taps, stride, dilation),
                taps,
                stride,
                dilation,
                padding.before(input, taps, stride, dilation));
    }

    private static boolean isOutOfRange(int value) {
        return value < 1 || value > MAX;
    }

    /** The input element under a tap; it must be one of {@link #firstTap} to {@link #endTap}. */
    public int position(int out, int tap) {
        return start(out) + tap * dilation;
    }

    /** The first tap that does not lie in the padding in front. */
    public int firstTap(int out) {
        int start = start(out);
        return start >= 0 ? 0 : Math.min(taps, (-start + dilation - 1) / dilation);
    }

    /** One past the last tap that does not lie in the padding behind. */
    public int endTap(int out) {
        int room = input - start(out);
        return Math.min(taps, Math.max(0, (room + dilation - 1) / dilation));
    }

    /** The same window as rows of an image. */
    public RowWindow rowWindow() {
        return new RowWindow(-before, stride, Padding.extent(taps, dilation), input);
    }

    /**
     * The window backwards, from the rows that it slides over to its positions: which of these see a row.
     *
     * @throws IllegalStateException if it is dilated
     */
    public RowWindow transposedRowWindow() {
        if (dilation != 1) {
            throw new IllegalStateException("a dilated window has gaps backwards");
        }
        return new RowWindow(before - taps + stride, 1, taps, output, stride);
    }

    private int start(int out) {
        return out * stride - before;
    }
}
