package org.tinytune.data.augmentation;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.tinytune.core.tensor.Shape;

/**
 * Shifts, rotates, scales and slants an image about its centre, each by a uniform random amount, and resamples it once
 * with bilinear interpolation.
 *
 * @param maxShift in pixels, to any side, fractions included
 * @param maxRotationDegrees to either side
 * @param maxScale relative: 0.1 for 0.9 to 1.1 times the size; below 1
 * @param maxShear pixels sideways for each pixel downwards
 * @param fill the value of what comes into view: the background
 */
public record RandomAffine(double maxShift, double maxRotationDegrees, double maxScale, double maxShear, float fill)
        implements Augmentation {

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if an amount is negative, or the scale is 1 or more
     */
    public RandomAffine {
        if (!(maxShift >= 0 && maxRotationDegrees >= 0 && maxScale >= 0 && maxScale < 1 && maxShear >= 0)) {
            throw new IllegalArgumentException("shift " + maxShift + ", rotation " + maxRotationDegrees + ", scale "
                    + maxScale + ", shear " + maxShear);
        }
    }

    /** Shifts only. */
    public static RandomAffine shift(double maxShift, float fill) {
        return new RandomAffine(maxShift, 0, 0, 0, fill);
    }

    @Override
    public void apply(float[] sample, Shape shape, RandomGenerator random) {
        Images.require(shape);
        double angle = StrictMath.toRadians(uniform(random, maxRotationDegrees));
        double size = 1 / (1 + uniform(random, maxScale));
        double shear = uniform(random, maxShear);
        double shiftY = uniform(random, maxShift);
        double shiftX = uniform(random, maxShift);
        double cos = size * StrictMath.cos(angle);
        double sin = size * StrictMath.sin(angle);

        int height = shape.dim(0);
        int width = shape.dim(1);
        int channels = shape.dim(2);
        double centreY = (height - 1) / 2.0;
        double centreX = (width - 1) / 2.0;
        float[] source = padded(sample, height, width, channels);
        int rowStride = (width + 3) * channels;
        for (int y = 0, out = 0; y < height; y++) {
            double dy = y - centreY - shiftY;
            for (int x = 0; x < width; x++) {
                double dx = x - centreX - shiftX + shear * dy;
                double sourceY = inPadding(centreY + cos * dy - sin * dx, height);
                double sourceX = inPadding(centreX + sin * dy + cos * dx, width);
                int above = (int) sourceY;
                int left = (int) sourceX;
                float towardsBelow = (float) (sourceY - above);
                float towardsRight = (float) (sourceX - left);
                int at = above * rowStride + left * channels;
                for (int c = 0; c < channels; c++, at++) {
                    float top = mix(source[at], source[at + channels], towardsRight);
                    float bottom = mix(source[at + rowStride], source[at + rowStride + channels], towardsRight);
                    sample[out++] = mix(top, bottom, towardsBelow);
                }
            }
        }
    }

    /**
     * A copy with one row and column of {@link #fill} before and two behind: so no pixel needs to look for the edge.
     */
    private float[] padded(float[] sample, int height, int width, int channels) {
        int rowStride = (width + 3) * channels;
        float[] padded = new float[(height + 3) * rowStride];
        Arrays.fill(padded, fill);
        for (int y = 0; y < height; y++) {
            System.arraycopy(sample, y * width * channels, padded, (y + 1) * rowStride + channels, width * channels);
        }
        return padded;
    }

    /**
     * A place in the image as a place in the padded copy; what lies further out is moved to its first or last pixel.
     */
    private static double inPadding(double place, int extent) {
        return (place < -1 ? -1 : place > extent ? extent : place) + 1;
    }

    private static float mix(float a, float b, float t) {
        return a + t * (b - a);
    }

    private static double uniform(RandomGenerator random, double max) {
        return max * (2 * random.nextDouble() - 1);
    }
}
