package org.tinytune.data.augmentation;

import java.util.random.RandomGenerator;
import org.tinytune.core.tensor.Shape;

/**
 * Adds white noise to each reading of a series {@code [T, 1, C]}, as a poorer sensor would.
 *
 * <p>Source: Um et al., ICMI 2017.
 *
 * @param sigma deviation of the noise, as a part of the deviation of the window about the mean of each channel; in [0,
 *     10)
 */
public record Jitter(double sigma) implements Augmentation {
    private static final double END = 10;

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if the deviation is out of range
     */
    public Jitter {
        Series.requireAmount("sigma", sigma, END);
    }

    @Override
    public void apply(float[] sample, Shape shape, RandomGenerator random) {
        Series.require(shape);
        NoiseColor.WHITE.addTo(sample, shape.dim(2), sigma, random);
    }
}
