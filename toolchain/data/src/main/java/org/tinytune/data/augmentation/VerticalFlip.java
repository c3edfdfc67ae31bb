package org.tinytune.data.augmentation;

import java.util.random.RandomGenerator;
import org.tinytune.core.tensor.Shape;

/**
 * Mirrors an image upside down, for classes that this does not change: what is seen from above.
 *
 * @param probability in [0, 1]
 */
public record VerticalFlip(double probability) implements Augmentation {
    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if the probability is none
     */
    public VerticalFlip {
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
        int row = shape.dim(1) * shape.dim(2);
        float[] swap = new float[row];
        for (int top = 0, bottom = sample.length - row; top < bottom; top += row, bottom -= row) {
            System.arraycopy(sample, top, swap, 0, row);
            System.arraycopy(sample, bottom, sample, top, row);
            System.arraycopy(swap, 0, sample, bottom, row);
        }
    }
}
