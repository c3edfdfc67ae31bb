package org.tinytune.train.optimizer;

import org.tinytune.core.vector.VectorMath;
import org.tinytune.core.vector.VectorMath.AdamStep;

/**
 * Adam, with weight decay apart from the gradient if there is any (AdamW).
 *
 * <p>Source: Kingma and Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015, algorithm 1; Loshchilov and
 * Hutter, "Decoupled Weight Decay Regularization", ICLR 2019, algorithm 2. Checked by: OptimizersTest.
 *
 * @param beta1 share of the mean that a step keeps, in [0, 1)
 * @param beta2 share of the mean square that a step keeps, in [0, 1)
 * @param epsilon keeps the quotient finite, above 0
 * @param weightDecay share of each weight that a step takes away, times the learning rate
 */
public record Adam(float beta1, float beta2, float epsilon, float weightDecay) implements OptimizerSettings {
    /** Source: Kingma and Ba, algorithm 1. */
    public static final float BETA1 = 0.9f;

    /** Source: Kingma and Ba, algorithm 1. */
    public static final float BETA2 = 0.999f;

    /** Source: Kingma and Ba, algorithm 1. */
    public static final float EPSILON = 1e-8f;

    /** With the constants of the paper. */
    public static Adam withDecay(double weightDecay) {
        return new Adam(BETA1, BETA2, EPSILON, (float) weightDecay);
    }

    @Override
    public Optimizer over(float[] values, float[] gradient, VectorMath math) {
        return new State(this, values, gradient, math);
    }

    private static final class State implements Optimizer {
        private final Adam settings;
        private final float[] values;
        private final float[] gradient;
        private final VectorMath math;
        private final float[] means;
        private final float[] squares;
        private double powerOfBeta1 = 1;
        private double powerOfBeta2 = 1;
        private AdamStep plain;
        private AdamStep decaying;

        State(Adam settings, float[] values, float[] gradient, VectorMath math) {
            this.settings = settings;
            this.values = values;
            this.gradient = gradient;
            this.math = math;
            this.means = new float[values.length];
            this.squares = new float[values.length];
        }

        @Override
        public void begin(double learningRate) {
            powerOfBeta1 *= settings.beta1;
            powerOfBeta2 *= settings.beta2;
            plain = step(learningRate, 1);
            decaying = step(learningRate, 1 - learningRate * settings.weightDecay);
        }

        private AdamStep step(double learningRate, double decay) {
            return new AdamStep(
                    (float) (learningRate / (1 - powerOfBeta1)),
                    settings.beta1,
                    settings.beta2,
                    (float) (1 / (1 - powerOfBeta2)),
                    settings.epsilon,
                    (float) decay);
        }

        @Override
        public void update(int begin, int end, boolean weights) {
            math.adam(values, gradient, means, squares, begin, end - begin, weights ? decaying : plain);
        }
    }
}
