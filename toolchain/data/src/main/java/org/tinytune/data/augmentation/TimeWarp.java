package org.tinytune.data.augmentation;

import java.util.random.RandomGenerator;
import org.tinytune.core.tensor.Shape;

/**
 * Hurries and dawdles within a series {@code [T, 1, C]}, from its first row to its last: time passes at a speed that
 * changes smoothly, and never turns back. The speed is drawn at five moments and is linear in between, so that the map
 * of time is smooth and strictly monotone.
 *
 * <p>Source: Um et al., Data augmentation of wearable sensor data for Parkinson's disease monitoring, ICMI 2017, whose
 * cubic splines may turn back.
 *
 * @param maxChange of the speed before it is made to fit: 0.2 for 0.8 to 1.2 times; in [0, 1)
 */
public record TimeWarp(double maxChange) implements Augmentation {
    private static final int PIECES = 4;

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if the change is out of range
     */
    public TimeWarp {
        Series.requireAmount("change", maxChange, 1);
    }

    @Override
    public void apply(float[] sample, Shape shape, RandomGenerator random) {
        Series.require(shape);
        double[] speeds = new double[PIECES + 1];
        for (int k = 0; k <= PIECES; k++) {
            speeds[k] = 1 + Series.uniform(random, maxChange);
        }
        if (maxChange == 0) {
            return;
        }
        int channels = shape.dim(2);
        int last = shape.dim(0) - 1;
        double whole = passed(speeds, PIECES);
        boolean counts = Series.areCounts(sample);
        Resampling source = new Resampling(sample, channels);
        // The first row and the last one stay as they are.
        for (int row = 1; row < last; row++) {
            double place = last * (passed(speeds, (double) PIECES * row / last) / whole);
            for (int c = 0; c < channels; c++) {
                sample[row * channels + c] = Series.store(source.at(Math.min(place, last), c), counts);
            }
        }
    }

    /** The integral of the speed up to {@code until}, in [0, PIECES]. */
    private static double passed(double[] speeds, double until) {
        double passed = 0;
        int piece = 0;
        for (; piece + 1 <= until; piece++) {
            passed += (speeds[piece] + speeds[piece + 1]) / 2;
        }
        double t = until - piece;
        return t == 0 ? passed : passed + t * (speeds[piece] + t / 2 * (speeds[piece + 1] - speeds[piece]));
    }
}
