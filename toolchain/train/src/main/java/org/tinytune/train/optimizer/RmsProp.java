package org.tinytune.train.optimizer;

import org.tinytune.train.network.ParameterArrays;
import org.tinytune.train.network.ParameterRange;
import org.tinytune.train.settings.Settings;

/**
 * RMSProp, which divides by a running average of the gradient's magnitude: {@code s = decay · s + (1 - decay) · g²},
 * {@code w = w - rate · g / (sqrt(s) + epsilon)}.
 *
 * <p>Source: Tieleman and Hinton, "Lecture 6.5 - RMSProp", Neural Networks for Machine Learning, 2012, slide 29.
 * Checked by: OptimizersTest.
 *
 * @param decay share of the mean square that a step keeps, in [0, 1)
 * @param epsilon keeps the quotient finite, above 0
 * @param weightDecay share of each weight that a step takes away, times the learning rate
 */
public record RmsProp(float decay, float epsilon, float weightDecay) implements OptimizerSettings {
    /** Source: Tieleman and Hinton, slide 29. */
    public static final float DECAY = 0.9f;

    /** The lecture gives none. Source: pytorch:torch/optim/rmsprop.py. */
    public static final float EPSILON = 1e-8f;

    /** Checks the ranges. */
    public RmsProp {
        Settings.requireShare("decay", decay);
        Settings.requirePositive("epsilon", epsilon);
        Settings.requireNotNegative("weight decay", weightDecay);
    }

    /** With the constant of the lecture, without weight decay. */
    public static RmsProp standard() {
        return new RmsProp(DECAY, EPSILON, 0);
    }

    @Override
    public Optimizer over(ParameterArrays parameters) {
        return new SlotOptimizer(parameters, weightDecay, 1) {
            @Override
            public void update(ParameterRange range, int pass) {
                float[] squares = slot(0);
                float rate = (float) learningRate();
                float kept = kept(range);
                for (int i = range.begin(); i < range.end(); i++) {
                    squares[i] = decay * squares[i] + (1 - decay) * (gradient[i] * gradient[i]);
                    float root = (float) Math.sqrt(squares[i]);
                    values[i] = values[i] * kept - rate * gradient[i] / (root + epsilon);
                }
            }
        };
    }
}
