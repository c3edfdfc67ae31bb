package org.tinytune.train.optimizer;

import org.tinytune.train.network.ParameterArrays;
import org.tinytune.train.network.ParameterRange;
import org.tinytune.train.settings.Settings;

/**
 * Adagrad, with one rate for each parameter: {@code s = s + g²}, {@code w = w - rate · g / (sqrt(s) + epsilon)}.
 *
 * <p>Source: Duchi, Hazan and Singer, "Adaptive Subgradient Methods for Online Learning and Stochastic Optimization",
 * JMLR 12, 2011, figure 1, with diagonal matrices. Checked by: OptimizersTest.
 *
 * @param epsilon keeps the quotient finite, above 0; the paper's delta
 * @param weightDecay share of each weight that a step takes away, times the learning rate
 */
public record Adagrad(float epsilon, float weightDecay) implements OptimizerSettings {
    /** The paper gives none. Source: pytorch:torch/optim/adagrad.py. */
    public static final float EPSILON = 1e-10f;

    /** Checks the ranges. */
    public Adagrad {
        Settings.requirePositive("epsilon", epsilon);
        Settings.requireNotNegative("weight decay", weightDecay);
    }

    /** With the usual epsilon, without weight decay. */
    public static Adagrad standard() {
        return new Adagrad(EPSILON, 0);
    }

    @Override
    public Optimizer over(ParameterArrays parameters) {
        return new SlotOptimizer(parameters, weightDecay, 1) {
            @Override
            public void update(ParameterRange range, int pass) {
                float[] sums = slot(0);
                float rate = (float) learningRate();
                float kept = kept(range);
                for (int i = range.begin(); i < range.end(); i++) {
                    sums[i] = sums[i] + gradient[i] * gradient[i];
                    float root = (float) Math.sqrt(sums[i]);
                    values[i] = values[i] * kept - rate * gradient[i] / (root + epsilon);
                }
            }
        };
    }
}
