package org.tinytune.train.optimizer;

import org.tinytune.train.network.ParameterArrays;
import org.tinytune.train.network.ParameterRange;
import org.tinytune.train.settings.Settings;

/**
 * AMSGrad, which is Adam with rates that never rise: {@code m = beta1 · m + (1 - beta1) · g}, {@code v = beta2 · v + (1
 * - beta2) · g²}, {@code u = max(u, v)}, {@code w = w - rate · m / (sqrt(u) + epsilon)}. As in the paper, m and v are
 * not corrected for their beginning at 0, so the first steps are up to three times as long as Adam's.
 *
 * <p>Source: Reddi, Kale and Kumar, "On the Convergence of Adam and Beyond", ICLR 2018, algorithm 2. Checked by:
 * OptimizersTest.
 *
 * @param beta1 share of the mean that a step keeps, in [0, 1)
 * @param beta2 share of the mean square that a step keeps, in [0, 1)
 * @param epsilon keeps the quotient finite, above 0; the paper has none
 * @param weightDecay share of each weight that a step takes away, times the learning rate
 */
public record AmsGrad(float beta1, float beta2, float epsilon, float weightDecay) implements OptimizerSettings {
    /** Checks the ranges. */
    public AmsGrad {
        Settings.requireShare("beta1", beta1);
        Settings.requireShare("beta2", beta2);
        Settings.requirePositive("epsilon", epsilon);
        Settings.requireNotNegative("weight decay", weightDecay);
    }

    /** With the constants of Adam, as in the paper's section 5, without weight decay. */
    public static AmsGrad standard() {
        return new AmsGrad(Adam.BETA1, Adam.BETA2, Adam.EPSILON, 0);
    }

    @Override
    public Optimizer over(ParameterArrays parameters) {
        return new SlotOptimizer(parameters, weightDecay, 3) {
            @Override
            public void update(ParameterRange range, int pass) {
                float[] means = slot(0);
                float[] squares = slot(1);
                float[] greatest = slot(2);
                float rate = (float) learningRate();
                float kept = kept(range);
                for (int i = range.begin(); i < range.end(); i++) {
                    means[i] = beta1 * means[i] + (1 - beta1) * gradient[i];
                    squares[i] = beta2 * squares[i] + (1 - beta2) * (gradient[i] * gradient[i]);
                    greatest[i] = Math.max(greatest[i], squares[i]);
                    float root = (float) Math.sqrt(greatest[i]);
                    values[i] = values[i] * kept - rate * means[i] / (root + epsilon);
                }
            }
        };
    }
}
