package org.tinytune.train.optimizer;

import org.tinytune.core.vector.VectorMath;

/**
 * Stochastic gradient descent with momentum: {@code v = momentum · v + g}, {@code w = w - rate · v}; with weight decay
 * apart from the gradient if there is any.
 *
 * <p>Source: Polyak, "Some Methods of Speeding up the Convergence of Iteration Methods", 1964, in the form of Sutskever
 * et al., "On the Importance of Initialization and Momentum in Deep Learning", ICML 2013, with the rate outside of v.
 * Checked by: OptimizersTest.
 *
 * @param momentum share of the velocity that a step keeps, in [0, 1); 0 for plain descent
 * @param weightDecay share of each weight that a step takes away, times the learning rate
 */
public record Momentum(float momentum, float weightDecay) implements OptimizerSettings {
    @Override
    public Optimizer over(float[] values, float[] gradient, VectorMath math) {
        float[] velocities = new float[values.length];
        return new Optimizer() {
            private double rate;

            @Override
            public void begin(double learningRate) {
                rate = learningRate;
            }

            @Override
            public void update(int begin, int end, boolean weights) {
                float decay = weights ? (float) (1 - rate * weightDecay) : 1;
                math.momentum(values, gradient, velocities, begin, end - begin, (float) rate, momentum, decay);
            }
        };
    }
}
