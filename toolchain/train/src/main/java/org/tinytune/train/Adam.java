package org.tinytune.train;

import org.tinytune.core.vector.VectorMath;

/**
 * Adam, with weight decay decoupled from the gradient.
 *
 * <p>Source: Kingma and Ba, Adam: a method for stochastic optimization, ICLR 2015, algorithm 1, whose constants are the
 * defaults; Loshchilov and Hutter, Decoupled weight decay regularization, ICLR 2019, algorithm 2. Checked by:
 * OptimizerTest.
 */
public final class Adam implements Optimizer {
    /** Kingma and Ba, section 2. */
    public static final double BETA1 = 0.9;
    /** Kingma and Ba, section 2. */
    public static final double BETA2 = 0.999;
    /** Kingma and Ba, section 2. */
    public static final double EPSILON = 1e-8;

    private final VectorMath math;
    private final double weightDecay;
    private final float[] mean;
    private final float[] meanSquare;
    private int steps;
    private VectorMath.AdamStep decayed;
    private VectorMath.AdamStep plain;

    private Adam(VectorMath math, int parameters, double weightDecay) {
        this.math = math;
        this.weightDecay = weightDecay;
        this.mean = new float[parameters + VectorMath.SLACK];
        this.meanSquare = new float[parameters + VectorMath.SLACK];
    }

    /**
     * Adam with the paper's constants.
     *
     * @param weightDecay times the learning rate is what each parameter loses of itself in a step
     */
    public static Factory withWeightDecay(double weightDecay) {
        return (math, parameters) -> new Adam(math, parameters, weightDecay);
    }

    @Override
    public void begin(double learningRate) {
        steps++;
        plain = step(learningRate, 0);
        decayed = step(learningRate, weightDecay);
    }

    private VectorMath.AdamStep step(double learningRate, double decay) {
        return new VectorMath.AdamStep(
                (float) (learningRate / (1 - StrictMath.pow(BETA1, steps))),
                (float) BETA1,
                (float) BETA2,
                (float) (1 / (1 - StrictMath.pow(BETA2, steps))),
                (float) EPSILON,
                (float) (1 - learningRate * decay));
    }

    @Override
    public void update(float[] parameters, float[] gradients, int begin, int end, boolean isDecayed) {
        math.adam(parameters, gradients, mean, meanSquare, begin, end - begin, isDecayed ? decayed : plain);
    }
}
