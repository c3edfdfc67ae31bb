package org.tinytune.data.augmentation;

/**
 * Reads a series between its rows, by cubic convolution (Catmull-Rom): exact at rows, and for whatever is linear.
 *
 * <p>Source: Keys, Cubic convolution interpolation for digital image processing, IEEE TASSP 29 (1981), with a = -1/2.
 */
final class Resampling {
    private final float[] source;
    private final int channels;
    private final int rows;

    /** Copies the series. */
    Resampling(float[] sample, int channels) {
        this.source = sample.clone();
        this.channels = channels;
        this.rows = sample.length / channels;
    }

    /** @param place in rows, in [0, rows - 1] */
    double at(double place, int channel) {
        int row = Math.min((int) place, Math.max(0, rows - 2));
        double t = place - row;
        double here = value(row, channel);
        double next = value(row + 1, channel);
        if (t == 0) {
            return here;
        }
        double before = row > 0 ? value(row - 1, channel) : 2 * here - next;
        double after = row + 2 < rows ? value(row + 2, channel) : 2 * next - here;
        double slope = (next - before) / 2;
        double nextSlope = (after - here) / 2;
        double square = t * t;
        double cube = square * t;
        return (2 * cube - 3 * square + 1) * here
                + (cube - 2 * square + t) * slope
                + (3 * square - 2 * cube) * next
                + (cube - square) * nextSlope;
    }

    /** The last row stays from there on. */
    private double value(int row, int channel) {
        return source[Math.min(row, rows - 1) * channels + channel];
    }
}
