package org.tinytune.train.initialization;

import java.util.SplittableRandom;

/** Draws the weights of an operator. */
public interface Initializer {
    /**
     * A distribution with mean 0.
     *
     * @param fans what surrounds the weights
     */
    Distribution distribution(Fans fans);

    /**
     * A distribution with mean 0.
     *
     * @param shape of it
     * @param deviation its standard deviation
     */
    record Distribution(Shape shape, double deviation) {
        /** The shape of a distribution. */
        public enum Shape {
            /** All values between two ends are equally likely. */
            UNIFORM {
                @Override
                double draw(double deviation, SplittableRandom random) {
                    // A width of 2 · sqrt(3) is a variance of 1.
                    return deviation * Math.sqrt(3) * (2 * random.nextDouble() - 1);
                }
            },
            /** A bell. */
            NORMAL {
                /** Source: Box and Muller, Annals of Mathematical Statistics 29, 1958. */
                @Override
                double draw(double deviation, SplittableRandom random) {
                    double radius = Math.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
                    double angle = 2 * StrictMath.PI * random.nextDouble();
                    return deviation * radius * StrictMath.cos(angle);
                }
            };

            /** A value of a distribution with mean 0. */
            abstract double draw(double deviation, SplittableRandom random);
        }

        float[] draw(int count, SplittableRandom random) {
            float[] values = new float[count];
            for (int i = 0; i < count; i++) {
                values[i] = (float) shape.draw(deviation, random);
            }
            return values;
        }
    }
}
