package org.tinytune.train.quantize;

import org.tinytune.train.range.RealRange;

/** How often values occur; first the range has to be known, then they are counted. */
public final class Histogram {
    private static final int BINS = 1024;
    private static final int STEPS = 255;

    /** Ranges that are tried: from all of it down to a quarter. */
    private static final int CANDIDATES = 76;

    private static final double NARROWING = 0.01;

    private final long[] bins = new long[BINS];
    private float min;
    private float max;

    /** Makes room for values. */
    void widen(float[] values, int offset, int count) {
        for (int i = offset; i < offset + count; i++) {
            min = Math.min(min, values[i]);
            max = Math.max(max, values[i]);
        }
    }

    /** Whether all values were finite numbers, and their range is one. */
    boolean isFinite() {
        return Float.isFinite(max - min);
    }

    /** Counts values, for which there is room. */
    void count(float[] values, int offset, int count) {
        float scale = BINS / Math.max(max - min, Float.MIN_NORMAL);
        for (int i = offset; i < offset + count; i++) {
            int bin = (int) ((values[i] - min) * scale);
            bins[Math.max(0, Math.min(BINS - 1, bin))]++;
        }
    }

    /** The range of all values. */
    RealRange whole() {
        return RealRange.of(min, max);
    }

    /**
     * The range of all but some values, to within a bin.
     *
     * @param share of the values that may be left out at each end, in [0, 0.5)
     */
    RealRange without(double share) {
        long total = 0;
        for (long bin : bins) {
            total += bin;
        }
        // A percentage that is no float must not cost a value.
        long spare = (long) (share * total + 1e-6);
        int first = 0;
        for (long left = spare; first < BINS - 1 && bins[first] <= left; first++) {
            left -= bins[first];
        }
        int last = BINS - 1;
        for (long left = spare; last > first && bins[last] <= left; last--) {
            left -= bins[last];
        }
        double width = ((double) max - min) / BINS;
        double low = first == 0 ? min : min + first * width;
        double high = last == BINS - 1 ? max : min + (last + 1) * width;
        return RealRange.of((float) low, (float) high);
    }

    /**
     * The range that quantizes the values with the least squared error: a narrower one has smaller steps, but cuts off
     * what lies beyond.
     */
    RealRange leastError() {
        RealRange best = RealRange.of(min, max);
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < CANDIDATES; i++) {
            double factor = 1 - i * NARROWING;
            RealRange candidate = RealRange.of((float) (min * factor), (float) (max * factor));
            double error = error(candidate);
            if (error < least) {
                least = error;
                best = candidate;
            }
        }
        return best;
    }

    private double error(RealRange range) {
        double step = ((double) range.max() - range.min()) / STEPS;
        double rounding = step * step / 12;
        double width = ((double) max - min) / BINS;
        double error = 0;
        for (int bin = 0; bin < BINS; bin++) {
            double value = min + (bin + 0.5) * width;
            double beyond = Math.max(0, Math.max(value - range.max(), range.min() - value));
            error += bins[bin] * (rounding + beyond * beyond);
        }
        return error;
    }
}
