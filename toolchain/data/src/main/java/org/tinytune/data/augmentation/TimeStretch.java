package org.tinytune.data.augmentation;

import java.util.random.RandomGenerator;
import org.tinytune.core.tensor.Shape;

/**
 * Plays a series {@code [T, 1, C]} slower or faster by resampling it, so that its pitch changes too. Nothing outside of
 * the window is made up: a slower one shows a part of it, anywhere; a faster one lies anywhere, with silence, which is
 * 0, before and behind.
 *
 * @param maxChange of the speed: 0.1 for 0.9 to 1.1 times; in [0, 1)
 */
public record TimeStretch(double maxChange) implements Augmentation {
    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if the change is out of range
     */
    public TimeStretch {
        Series.requireAmount("change", maxChange, 1);
    }

    @Override
    public void apply(float[] sample, Shape shape, RandomGenerator random) {
        Series.require(shape);
        double speed = 1 + Series.uniform(random, maxChange);
        double where = random.nextDouble();
        int channels = shape.dim(2);
        int last = shape.dim(0) - 1;
        double begin = where * last * (1 - speed);
        boolean counts = Series.areCounts(sample);
        Resampling source = new Resampling(sample, channels);
        for (int row = 0, at = 0; row <= last; row++) {
            double place = begin + speed * row;
            boolean inside = place >= 0 && place <= last;
            for (int c = 0; c < channels; c++, at++) {
                sample[at] = inside ? Series.store(source.at(place, c), counts) : 0;
            }
        }
    }
}
