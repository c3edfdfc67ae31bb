package org.tinytune.data.augmentation;

import java.util.random.RandomGenerator;
import org.tinytune.core.tensor.Shape;

/**
 * Makes a series {@code [T, 1, C]} louder or softer: one factor for all of it, uniform in decibels. Counts saturate.
 *
 * @param maxDecibels to either side, in [0, 120)
 */
public record Gain(double maxDecibels) implements Augmentation {
    private static final double END = 120;

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if the decibels are out of range
     */
    public Gain {
        Series.requireAmount("decibels", maxDecibels, END);
    }

    @Override
    public void apply(float[] sample, Shape shape, RandomGenerator random) {
        Series.require(shape);
        double factor = Series.amplitude(Series.uniform(random, maxDecibels));
        boolean counts = Series.areCounts(sample);
        for (int i = 0; i < sample.length; i++) {
            sample[i] = Series.store(sample[i] * factor, counts);
        }
    }
}
