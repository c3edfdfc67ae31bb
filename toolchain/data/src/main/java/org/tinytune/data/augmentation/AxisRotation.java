package org.tinytune.data.augmentation;

import java.util.random.RandomGenerator;
import org.tinytune.core.tensor.Shape;

/**
 * Turns a sensor of motion {@code [T, 1, 3 k]} about a random axis, as if it were worn another way round: the same
 * rotation for all rows and for each three channels (accelerometer, gyroscope, magnetometer), so that their magnitudes
 * stay. The axis is uniform on the sphere, the angle uniform.
 *
 * <p>Source: Um et al., ICMI 2017; the matrix is that of Rodrigues.
 *
 * @param maxDegrees to either side, in [0, 180]
 */
public record AxisRotation(double maxDegrees) implements Augmentation {
    private static final int AXES = 3;
    private static final double MAX_DEGREES = 180;

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if the angle is out of range
     */
    public AxisRotation {
        Series.requireAmount("degrees", maxDegrees, Math.nextUp(MAX_DEGREES));
    }

    /** Whether it can be applied to samples of a shape. */
    public static boolean fits(Shape shape) {
        return shape.rank() == AXES && shape.dim(1) == 1 && shape.dim(2) % AXES == 0;
    }

    @Override
    public void apply(float[] sample, Shape shape, RandomGenerator random) {
        if (!fits(shape)) {
            throw new IllegalArgumentException("what has three axes is [T, 1, 3 k], not " + shape);
        }
        double[] matrix = matrix(random);
        boolean counts = Series.areCounts(sample);
        for (int at = 0; at < sample.length; at += AXES) {
            double x = sample[at];
            double y = sample[at + 1];
            double z = sample[at + 2];
            for (int axis = 0; axis < AXES; axis++) {
                int row = AXES * axis;
                sample[at + axis] = Series.store(matrix[row] * x + matrix[row + 1] * y + matrix[row + 2] * z, counts);
            }
        }
    }

    /** Row by row. */
    private double[] matrix(RandomGenerator random) {
        double angle = StrictMath.toRadians(Series.uniform(random, maxDegrees));
        double z = Series.uniform(random, 1);
        double longitude = Series.uniform(random, StrictMath.PI);
        double radius = Math.sqrt(1 - z * z);
        double x = radius * StrictMath.cos(longitude);
        double y = radius * StrictMath.sin(longitude);
        double cos = StrictMath.cos(angle);
        double sin = StrictMath.sin(angle);
        double rest = 1 - cos;
        return new double[] {
            cos + x * x * rest,
            x * y * rest - z * sin,
            x * z * rest + y * sin,
            y * x * rest + z * sin,
            cos + y * y * rest,
            y * z * rest - x * sin,
            z * x * rest - y * sin,
            z * y * rest + x * sin,
            cos + z * z * rest
        };
    }
}
