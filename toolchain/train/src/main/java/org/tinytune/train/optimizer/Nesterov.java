package org.tinytune.train.optimizer;

import org.tinytune.train.network.ParameterArrays;
import org.tinytune.train.network.ParameterRange;
import org.tinytune.train.settings.Settings;

/**
 * Nesterov's accelerated gradient: momentum whose gradient is taken where the velocity is about to lead. The weights
 * that are kept are those of that place, so that no second set is needed: {@code v = momentum · v + g}, {@code w = w -
 * rate · (g + momentum · v)}.
 *
 * <p>Source: Nesterov, "A Method of Solving a Convex Programming Problem with Convergence Rate O(1/k²)", 1983, in the
 * form of Sutskever et al., "On the Importance of Initialization and Momentum in Deep Learning", ICML 2013, equations 3
 * and 4, with the change of variables of Bengio et al., "Advances in Optimizing Recurrent Networks", ICASSP 2013,
 * section 3.5. Checked by: OptimizersTest, against equations 3 and 4.
 *
 * @param momentum share of the velocity that a step keeps, in [0, 1)
 * @param weightDecay share of each weight that a step takes away, times the learning rate
 */
public record Nesterov(float momentum, float weightDecay) implements OptimizerSettings {
    /** Checks the ranges. */
    public Nesterov {
        Settings.requireShare("momentum", momentum);
        Settings.requireNotNegative("weight decay", weightDecay);
    }

    /** With the usual momentum, without weight decay. */
    public static Nesterov standard() {
        return new Nesterov(Momentum.MOMENTUM, 0);
    }

    @Override
    public Optimizer over(ParameterArrays parameters) {
        return new SlotOptimizer(parameters, weightDecay, 1) {
            @Override
            public void update(ParameterRange range, int pass) {
                float[] velocities = slot(0);
                float rate = (float) learningRate();
                float kept = kept(range);
                for (int i = range.begin(); i < range.end(); i++) {
                    velocities[i] = momentum * velocities[i] + gradient[i];
                    values[i] = values[i] * kept - rate * (gradient[i] + momentum * velocities[i]);
                }
            }
        };
    }
}
