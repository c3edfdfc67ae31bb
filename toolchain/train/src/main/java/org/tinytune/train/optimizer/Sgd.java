package org.tinytune.train.optimizer;

import org.tinytune.train.network.ParameterArrays;
import org.tinytune.train.network.ParameterRange;
import org.tinytune.train.settings.Settings;

/**
 * Stochastic gradient descent: {@code w = w - rate · g}.
 *
 * <p>Source: Robbins and Monro, "A Stochastic Approximation Method", Annals of Mathematical Statistics 22, 1951,
 * equation 8. Checked by: OptimizersTest.
 *
 * @param weightDecay share of each weight that a step takes away, times the learning rate
 */
public record Sgd(float weightDecay) implements OptimizerSettings {
    /** Checks the range. */
    public Sgd {
        Settings.requireNotNegative("weight decay", weightDecay);
    }

    /** Without weight decay. */
    public static Sgd standard() {
        return new Sgd(0);
    }

    @Override
    public Optimizer over(ParameterArrays parameters) {
        return new SlotOptimizer(parameters, weightDecay, 0) {
            @Override
            public void update(ParameterRange range, int pass) {
                float rate = (float) learningRate();
                float kept = kept(range);
                for (int i = range.begin(); i < range.end(); i++) {
                    values[i] = values[i] * kept - rate * gradient[i];
                }
            }
        };
    }
}
