package org.tinytune.data.augmentation;

import java.util.random.RandomGenerator;
import org.tinytune.core.tensor.Shape;

/**
 * Mirrors an image left to right, for classes that a mirror does not change: clothes, but no digits.
 *
 * @param probability in [0, 1]
 */
public record HorizontalFlip(double probability) implements Augmentation {
    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if the probability is none
     */
    public HorizontalFlip {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("probability " + probability);
        }
    }

    @Override
    public void apply(float[] sample, Shape shape, RandomGenerator random) {
        Images.require(shape);
        if (random.nextDouble() >= probability) {
            return;
        }
        int width = shape.dim(1);
        int channels = shape.dim(2);
        for (int y = 0; y < shape.dim(0); y++) {
            for (int x = 0; x < width / 2; x++) {
                int left = (y * width + x) * channels;
                int right = (y * width + width - 1 - x) * channels;
                for (int c = 0; c < channels; c++) {
                    float swap = sample[left + c];
                    sample[left + c] = sample[right + c];
                    sample[right + c] = swap;
                }
            }
        }
    }
}
