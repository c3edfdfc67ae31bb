package org.tinytune.train.optimizer;

import org.tinytune.train.network.ParameterArrays;
import org.tinytune.train.network.ParameterRange;
import org.tinytune.train.settings.Settings;

/**
 * Adadelta, whose changes have the unit of the parameters: {@code s = rho · s + (1 - rho) · g²}, {@code d = sqrt(u +
 * epsilon) / sqrt(s + epsilon) · g}, {@code u = rho · u + (1 - rho) · d²}, {@code w = w - rate · d}. The paper has no
 * learning rate; 1 is what it does.
 *
 * <p>Source: Zeiler, "ADADELTA: An Adaptive Learning Rate Method", arXiv:1212.5701, 2012, algorithm 1. Checked by:
 * OptimizersTest.
 *
 * @param rho share of the mean squares that a step keeps, in [0, 1)
 * @param epsilon starts the changes, above 0
 * @param weightDecay share of each weight that a step takes away, times the learning rate
 */
public record Adadelta(float rho, float epsilon, float weightDecay) implements OptimizerSettings {
    /** Source: Zeiler, section 4.1. */
    public static final float RHO = 0.95f;

    /** Source: Zeiler, section 4.1. */
    public static final float EPSILON = 1e-6f;

    /** Checks the ranges. */
    public Adadelta {
        Settings.requireShare("rho", rho);
        Settings.requirePositive("epsilon", epsilon);
        Settings.requireNotNegative("weight decay", weightDecay);
    }

    /** With the constants of the paper, without weight decay. */
    public static Adadelta standard() {
        return new Adadelta(RHO, EPSILON, 0);
    }

    @Override
    public Optimizer over(ParameterArrays parameters) {
        return new SlotOptimizer(parameters, weightDecay, 2) {
            @Override
            public void update(ParameterRange range, int pass) {
                float[] squares = slot(0);
                float[] changes = slot(1);
                float rate = (float) learningRate();
                float kept = kept(range);
                for (int i = range.begin(); i < range.end(); i++) {
                    squares[i] = rho * squares[i] + (1 - rho) * (gradient[i] * gradient[i]);
                    float step = (float) Math.sqrt(changes[i] + epsilon);
                    float change = step / (float) Math.sqrt(squares[i] + epsilon) * gradient[i];
                    changes[i] = rho * changes[i] + (1 - rho) * (change * change);
                    values[i] = values[i] * kept - rate * change;
                }
            }
        };
    }
}
