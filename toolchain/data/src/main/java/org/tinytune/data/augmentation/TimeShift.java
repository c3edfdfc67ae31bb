package org.tinytune.data.augmentation;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.tinytune.core.tensor.Shape;

/**
 * Moves a series {@code [T, 1, C]} earlier or later by whole rows; silence, which is 0, comes in.
 *
 * @param maxFraction of the window, to either side, in [0, 1)
 */
public record TimeShift(double maxFraction) implements Augmentation {
    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if the fraction is out of range
     */
    public TimeShift {
        Series.requireAmount("fraction", maxFraction, 1);
    }

    @Override
    public void apply(float[] sample, Shape shape, RandomGenerator random) {
        Series.require(shape);
        int shift = (int) Math.rint(Series.uniform(random, maxFraction) * shape.dim(0)) * shape.dim(2);
        int kept = sample.length - Math.abs(shift);
        if (shift >= 0) {
            System.arraycopy(sample, 0, sample, shift, kept);
            Arrays.fill(sample, 0, shift, 0);
        } else {
            System.arraycopy(sample, -shift, sample, 0, kept);
            Arrays.fill(sample, kept, sample.length, 0);
        }
    }
}
