package org.tinytune.train.optimizer;

import org.tinytune.core.vector.VectorMath;
import org.tinytune.train.network.ParameterArrays;
import org.tinytune.train.network.ParameterRange;
import org.tinytune.train.settings.Settings;

/**
 * Stochastic gradient descent with momentum: {@code v = momentum · v + g}, {@code w = w - rate · v}.
 *
 * <p>Source: Polyak, "Some Methods of Speeding up the Convergence of Iteration Methods", 1964, in the form of Sutskever
 * et al., "On the Importance of Initialization and Momentum in Deep Learning", ICML 2013, with the rate outside of v.
 * Checked by: OptimizersTest.
 *
 * @param momentum share of the velocity that a step keeps, in [0, 1); 0 for plain descent
 * @param weightDecay share of each weight that a step takes away, times the learning rate
 */
public record Momentum(float momentum, float weightDecay) implements OptimizerSettings {
    /** Source: Sutskever et al., section 3: the lowest of the values tried; the higher ones need long trainings. */
    public static final float MOMENTUM = 0.9f;

    /** Checks the ranges. */
    public Momentum {
        Settings.requireShare("momentum", momentum);
        Settings.requireNotNegative("weight decay", weightDecay);
    }

    /** With the usual momentum, without weight decay. */
    public static Momentum standard() {
        return new Momentum(MOMENTUM, 0);
    }

    @Override
    public Optimizer over(ParameterArrays parameters) {
        VectorMath math = parameters.math();
        return new SlotOptimizer(parameters, weightDecay, 1) {
            @Override
            public void update(ParameterRange range, int pass) {
                int count = range.end() - range.begin();
                float rate = (float) learningRate();
                math.momentum(values, gradient, slot(0), range.begin(), count, rate, momentum, kept(range));
            }
        };
    }
}
