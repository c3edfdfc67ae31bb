package org.tinytune.data.augmentation;

import java.util.random.RandomGenerator;
import org.tinytune.core.tensor.Shape;

/**
 * Makes a motion {@code [T, 1, C]} stronger or weaker: one uniform factor for all channels, so that directions stay.
 * Counts saturate.
 *
 * <p>Source: Um et al., ICMI 2017.
 *
 * @param maxChange relative: 0.1 for 0.9 to 1.1 times; in [0, 1)
 */
public record Scaling(double maxChange) implements Augmentation {
    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if the change is out of range
     */
    public Scaling {
        Series.requireAmount("change", maxChange, 1);
    }

    @Override
    public void apply(float[] sample, Shape shape, RandomGenerator random) {
        Series.require(shape);
        double factor = 1 + Series.uniform(random, maxChange);
        boolean counts = Series.areCounts(sample);
        for (int i = 0; i < sample.length; i++) {
            sample[i] = Series.store(sample[i] * factor, counts);
        }
    }
}
