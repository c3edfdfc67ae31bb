package org.tinytune.data.augmentation;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.tinytune.core.tensor.Shape;

/**
 * Hides frames and bands of a map of features {@code [frames, bands, channels]}: masks of random width anywhere, which
 * hold the mean of the map.
 *
 * <p>Source: Park et al., SpecAugment: a simple data augmentation method for automatic speech recognition, Interspeech
 * 2019, without its time warping. Its names: F and T are the greatest widths, m_F = m_T = {@code masks}.
 *
 * @param maxFrames that a mask hides at most, 0 or more
 * @param maxBands that a mask hides at most, 0 or more
 * @param masks of each kind, in [1, 100]
 */
public record SpecAugment(int maxFrames, int maxBands, int masks) implements Augmentation {
    private static final int MAX_MASKS = 100;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is out of its range
     */
    public SpecAugment {
        if (maxFrames < 0 || maxBands < 0 || masks < 1 || masks > MAX_MASKS) {
            throw new IllegalArgumentException(masks + " masks of " + maxFrames + " frames, " + maxBands + " bands");
        }
    }

    @Override
    public void apply(float[] sample, Shape shape, RandomGenerator random) {
        Images.require(shape);
        int frames = shape.dim(0);
        int bands = shape.dim(1);
        int channels = shape.dim(2);
        double sum = 0;
        for (float value : sample) {
            sum += value;
        }
        float mean = (float) (sum / sample.length);
        for (int m = 0; m < masks; m++) {
            int width = width(random, maxFrames, frames);
            int first = first(random, width, frames);
            Arrays.fill(sample, first * bands * channels, (first + width) * bands * channels, mean);
        }
        for (int m = 0; m < masks; m++) {
            int width = width(random, maxBands, bands);
            int first = first(random, width, bands);
            for (int frame = 0; frame < frames; frame++) {
                int at = (frame * bands + first) * channels;
                Arrays.fill(sample, at, at + width * channels, mean);
            }
        }
    }

    /** Uniform in [0, max], and no wider than the map. */
    private static int width(RandomGenerator random, int max, int extent) {
        return (int) (random.nextDouble() * (Math.min(max, extent) + 1));
    }

    private static int first(RandomGenerator random, int width, int extent) {
        return (int) (random.nextDouble() * (extent - width + 1));
    }
}
