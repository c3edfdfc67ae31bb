package org.tinytune.data.augmentation;

import java.util.List;
import java.util.random.RandomGenerator;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.RandomStreams;

/** A random change of a sample that leaves its class as it is. Stateless, so threads may share one. */
@FunctionalInterface
public interface Augmentation {
    /** Changes nothing. */
    Augmentation NONE = (sample, shape, random) -> {};

    /**
     * Changes a sample in place.
     *
     * @param sample {@code shape.elements()} values, raw or encoded
     * @param shape of the sample; augmentations of images take {@code [H, W, C]}, those of series {@code [T, 1, C]}
     * @param random drawn from as often as its own numbers say, whatever the values
     * @throws IllegalArgumentException if the augmentation is for another kind of sample
     */
    void apply(float[] sample, Shape shape, RandomGenerator random);

    /** All of them, one after the other. */
    static Augmentation sequence(List<Augmentation> steps) {
        List<Augmentation> all = List.copyOf(steps);
        return (sample, shape, random) -> all.forEach(step -> step.apply(sample, shape, random));
    }

    /**
     * The random stream of a sample in an epoch.
     *
     * @param sample its index, the same in every epoch whatever the order of the batches
     */
    static RandomGenerator stream(long seed, int epoch, int sample) {
        return RandomStreams.stream(seed, epoch, sample);
    }
}
