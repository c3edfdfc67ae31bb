package org.tinytune.train.optimizer;

import org.tinytune.core.vector.VectorMath;
import org.tinytune.core.vector.VectorMath.AdamStep;
import org.tinytune.train.network.ParameterArrays;
import org.tinytune.train.network.ParameterRange;
import org.tinytune.train.settings.Settings;

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

    /** The decay of AdamW; the paper's depends on the length of training. Source: pytorch:torch/optim/adamw.py. */
    public static final double WEIGHT_DECAY = 0.01;

    /** Checks the ranges. */
    public Adam {
        Settings.requireShare("beta1", beta1);
        Settings.requireShare("beta2", beta2);
        Settings.requirePositive("epsilon", epsilon);
        Settings.requireNotNegative("weight decay", weightDecay);
    }

    /** With the constants of the paper, without weight decay. */
    public static Adam standard() {
        return withDecay(0);
    }

    /** With the constants of the paper. */
    public static Adam withDecay(double weightDecay) {
        return new Adam(BETA1, BETA2, EPSILON, (float) weightDecay);
    }

    @Override
    public Optimizer over(ParameterArrays parameters) {
        VectorMath math = parameters.math();
        return new SlotOptimizer(parameters, weightDecay, 2) {
            private final RunningPower powerOfBeta1 = new RunningPower(beta1);
            private final RunningPower powerOfBeta2 = new RunningPower(beta2);
            private AdamStep plain = step(1);
            private AdamStep decaying = plain;

            @Override
            void begin() {
                plain = step(1);
                decaying = step(1 - learningRate() * weightDecay);
            }

            private AdamStep step(double kept) {
                return new AdamStep(
                        (float) (learningRate() / powerOfBeta1.correction(step())),
                        beta1,
                        beta2,
                        (float) (1 / powerOfBeta2.correction(step())),
                        epsilon,
                        (float) kept);
            }

            @Override
            public void update(ParameterRange range, int pass) {
                int count = range.end() - range.begin();
                AdamStep step = range.weights() ? decaying : plain;
                math.adam(values, gradient, slot(0), slot(1), range.begin(), count, step);
            }
        };
    }
}
