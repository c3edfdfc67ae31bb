package org.tinytune.data.augmentation;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.tinytune.core.tensor.Shape;

/**
 * Blanks a square whose centre is anywhere in the image, so that the network does not rely on one feature.
 *
 * <p>Source: DeVries, Taylor, Improved regularization of convolutional neural networks with cutout, arXiv:1708.04552.
 *
 * @param side of the square in pixels, at least 1
 * @param fill the value of the square
 */
public record Cutout(int side, float fill) implements Augmentation {
    /**
     * Checks the side.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public Cutout {
        if (side < 1) {
            throw new IllegalArgumentException("side " + side);
        }
    }

    @Override
    public void apply(float[] sample, Shape shape, RandomGenerator random) {
        Images.require(shape);
        int height = shape.dim(0);
        int width = shape.dim(1);
        int top = random.nextInt(height) - side / 2;
        int left = random.nextInt(width) - side / 2;
        int fromX = Math.max(0, left);
        int toX = Math.min(width, left + side);
        for (int y = Math.max(0, top); y < Math.min(height, top + side); y++) {
            int row = y * width;
            Arrays.fill(sample, (row + fromX) * shape.dim(2), (row + toX) * shape.dim(2), fill);
        }
    }
}
