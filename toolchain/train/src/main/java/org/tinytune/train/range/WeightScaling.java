package org.tinytune.train.range;

/**
 * Where the scales of weights come from while a network is trained in integers. Every step quantizes weights, and
 * computes, exactly as the network that is made of them would.
 *
 * <p>As of activations (see {@link RangeLearning}), the logarithm of a factor is learned for each scale, 0 to begin
 * with. Learning begins with the scales that the magnitudes of the first weights give.
 */
public interface WeightScaling {
    /** Whether scales are learned; otherwise they are those of the weights' magnitudes in every step. */
    boolean learns();

    /** The share of the epochs in integers that learn, in [0, 1]; in the others, scales are frozen. */
    double learningShare();

    /**
     * The scale that was learned.
     *
     * @param start what learning began with, which 0 stands for
     */
    float scale(float start, float learned);

    /**
     * The derivative of a scale by its number, times the scale of the gradient.
     *
     * @param scale as it is
     * @param elements weights that it is the scale of
     */
    double slope(float scale, int elements);
}
