package org.tinytune.train;

import org.tinytune.core.vector.VectorMath;

/**
 * Stochastic gradient descent with momentum, and weight decay decoupled from the gradient.
 *
 * <p>Source: Sutskever, Martens, Dahl and Hinton, On the importance of initialization and momentum in deep learning,
 * ICML 2013, equations 1 and 2, with the learning rate outside the velocity. Checked by: OptimizerTest.
 */
public final class Momentum implements Optimizer {
    /** The usual momentum. */
    public static final double MOMENTUM = 0.9;

    private final VectorMath math;
    private final double momentum;
    private final double weightDecay;
    private final float[] velocity;
    private double learningRate;

    private Momentum(VectorMath math, int parameters, double momentum, double weightDecay) {
        this.math = math;
        this.momentum = momentum;
        this.weightDecay = weightDecay;
        this.velocity = new float[parameters + VectorMath.SLACK];
    }

    /**
     * Momentum; 0 is plain gradient descent.
     *
     * @param momentum in [0, 1)
     * @param weightDecay times the learning rate is what each parameter loses of itself in a step
     */
    public static Factory of(double momentum, double weightDecay) {
        return (math, parameters) -> new Momentum(math, parameters, momentum, weightDecay);
    }

    @Override
    public void begin(double rate) {
        learningRate = rate;
    }

    @Override
    public void update(float[] parameters, float[] gradients, int begin, int end, boolean decayed) {
        math.momentum(
                parameters, gradients, velocity, begin, end - begin, (float) learningRate, (float) momentum, (float)
                        (decayed ? 1 - learningRate * weightDecay : 1));
    }
}
