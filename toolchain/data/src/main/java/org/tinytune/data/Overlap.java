package org.tinytune.data;

import org.tinytune.core.tensor.Shape;

/**
 * Whether windows of a recording share readings: the end of one is the beginning of the next, value by value. What is
 * learned of one is then known of the other.
 */
public final class Overlap {
    private static final int RANK = 3;

    /** Shorter ones, as a part of a window, may come by chance. */
    private static final int MIN_SHARE = 16;

    private static final int MIN_ROWS = 4;

    private final Samples samples;
    private final int rows;
    private final int channels;
    private final float[] before;
    private final float[] after;

    /** @param samples of which {@link #isPossible} */
    public Overlap(Samples samples) {
        this.samples = samples;
        this.rows = samples.shape().dim(0);
        this.channels = samples.shape().dim(-1);
        this.before = new float[samples.shape().elements()];
        this.after = new float[samples.shape().elements()];
    }

    /** Whether samples of a shape are windows at all: {@code [T, 1, C]}. */
    public static boolean isPossible(Shape shape) {
        return shape.rank() == RANK && shape.dim(1) == 1 && shape.dim(0) > MIN_ROWS;
    }

    /**
     * How many rows end a window and begin a later one. What stays the same tells nothing and does not count, nor does
     * less than a sixteenth of a window.
     *
     * @return fewer than all rows; 0 if there is no overlap
     */
    public int rows(int earlier, int later) {
        samples.read(earlier, before, 0);
        samples.read(later, after, 0);
        int overlap = longest();
        return overlap < Math.max(MIN_ROWS, rows / MIN_SHARE) || isConstant(overlap) ? 0 : overlap;
    }

    /** By Knuth, Morris and Pratt: in steps that grow with the rows, whatever the values. */
    private int longest() {
        int[] border = new int[rows];
        for (int row = 1, length = 0; row < rows; row++) {
            while (length > 0 && !areEqual(after, row, length)) {
                length = border[length - 1];
            }
            length += areEqual(after, row, length) ? 1 : 0;
            border[row] = length;
        }
        int length = 0;
        for (int row = 1; row < rows; row++) {
            while (length > 0 && !areEqual(before, row, length)) {
                length = border[length - 1];
            }
            length += areEqual(before, row, length) ? 1 : 0;
        }
        return length;
    }

    /** Whether a row of a window is one of the later window. */
    private boolean areEqual(float[] window, int row, int laterRow) {
        for (int c = 0; c < channels; c++) {
            if (window[row * channels + c] != after[laterRow * channels + c]) {
                return false;
            }
        }
        return true;
    }

    private boolean isConstant(int overlap) {
        for (int row = 1; row < overlap; row++) {
            if (!areEqual(after, row, 0)) {
                return false;
            }
        }
        return true;
    }
}
