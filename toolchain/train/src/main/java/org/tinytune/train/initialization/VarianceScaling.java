package org.tinytune.train.initialization;

/**
 * With a variance that follows the number of inputs and outputs, so that activations and gradients neither die nor grow
 * from layer to layer.
 *
 * <p>Checked by: InitializationTest.
 *
 * @param rule for the variance
 * @param shape of the distribution
 */
public record VarianceScaling(Rule rule, Distribution.Shape shape) implements Initializer {
    /** What the variance is. */
    public enum Rule {
        /**
         * {@code 2 / (in + out)}: a compromise between activations and gradients, for activations that are linear
         * around 0.
         *
         * <p>Source: Glorot and Bengio, "Understanding the Difficulty of Training Deep Feedforward Neural Networks",
         * AISTATS 2010, equation 12 (also called Xavier).
         */
        GLOROT {
            @Override
            double variance(Fans fans) {
                return 2.0 / (fans.in() + fans.out());
            }
        },
        /**
         * {@code 2 / in}: for ReLU, which leaves half of the variance.
         *
         * <p>Source: He et al., "Delving Deep into Rectifiers", ICCV 2015, equation 10.
         */
        HE {
            @Override
            double variance(Fans fans) {
                return 2.0 / fans.in();
            }
        },
        /**
         * {@code 1 / in}.
         *
         * <p>Source: LeCun et al., "Efficient BackProp", 1998, equation 16.
         */
        LECUN {
            @Override
            double variance(Fans fans) {
                return 1.0 / fans.in();
            }
        };

        abstract double variance(Fans fans);
    }

    @Override
    public Distribution distribution(Fans fans) {
        return new Distribution(shape, Math.sqrt(rule.variance(fans)));
    }
}
