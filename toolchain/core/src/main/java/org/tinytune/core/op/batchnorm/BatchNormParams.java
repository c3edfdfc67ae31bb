package org.tinytune.core.op.batchnorm;

import org.tinytune.core.op.Activation;

/**
 * Parameters of {@code BATCH_NORM} over the last extent: input {@code [N, …, C]}, and {@code [C]} each of gamma, beta,
 * running mean and running variance.
 *
 * @param epsilon added to the variance, above 0
 * @param momentum share of the running averages that a step keeps, in [0, 1)
 * @param activation clamp of the output
 */
public record BatchNormParams(float epsilon, float momentum, Activation activation) {
    /**
     * A channel that hardly varies must not be blown up: its folded weights would spoil the int8 scale.
     *
     * <p>Source: the default of Keras' BatchNormalization.
     */
    private static final float EPSILON = 1e-3f;

    /**
     * Short trainings on small data sets have a few hundred steps, within which the averages must have settled.
     *
     * <p>Source: the default of PyTorch's BatchNorm2d, which states it as 0.1.
     */
    private static final float MOMENTUM = 0.9f;

    /** The usual ones, without a clamp. */
    public static BatchNormParams standard() {
        return new BatchNormParams(EPSILON, MOMENTUM, Activation.NONE);
    }
}
