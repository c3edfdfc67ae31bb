package org.tinytune.data.augmentation;

import java.util.random.RandomGenerator;
import org.tinytune.core.tensor.Shape;

/**
 * What augmentations of a series {@code [T, 1, C]} share: rows are moments.
 *
 * <p>Readings of a sensor are counts, integers in [-32768, 32767]. A changed series of counts is one again: rounded,
 * and saturated as the sensor would. A series of any other values stays in floating point.
 */
final class Series {
    private static final int RANK = 3;

    private Series() {}

    /** Fails unless the shape is that of a series. */
    static void require(Shape shape) {
        if (shape.rank() != RANK || shape.dim(1) != 1) {
            throw new IllegalArgumentException("a series is [T, 1, C], not " + shape);
        }
    }

    /** Whether all values are counts. */
    static boolean areCounts(float[] sample) {
        for (float value : sample) {
            if (!(value >= Short.MIN_VALUE && value <= Short.MAX_VALUE) || value != (int) value) {
                return false;
            }
        }
        return true;
    }

    /** Rounds, ties to even, and saturates; there is one zero. */
    static float count(double value) {
        return (float) (Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.rint(value))) + 0.0);
    }

    /** What a value becomes in a series of counts, or of any values. */
    static float store(double value, boolean counts) {
        return counts ? count(value) : (float) value;
    }

    /** Uniform in [-max, max]; one draw. */
    static double uniform(RandomGenerator random, double max) {
        return max * (2 * random.nextDouble() - 1);
    }

    /** The factor of an amplitude that is {@code decibels} louder. */
    static double amplitude(double decibels) {
        return StrictMath.pow(10, decibels / 20);
    }

    /** The energy of all values about the mean of their channel: the sum of squares. */
    static double energy(float[] sample, int channels) {
        int rows = sample.length / channels;
        double energy = 0;
        for (int c = 0; c < channels; c++) {
            double sum = 0;
            for (int at = c; at < sample.length; at += channels) {
                sum += sample[at];
            }
            double mean = sum / rows;
            for (int at = c; at < sample.length; at += channels) {
                energy += (sample[at] - mean) * (sample[at] - mean);
            }
        }
        return energy;
    }

    /** Fails unless an amount is a number of 0 or more, and below {@code end}. */
    static void requireAmount(String name, double amount, double end) {
        if (!(amount >= 0 && amount < end)) {
            throw new IllegalArgumentException(name + " " + amount);
        }
    }
}
