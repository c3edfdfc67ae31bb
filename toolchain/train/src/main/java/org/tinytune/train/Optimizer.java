package org.tinytune.train;

import org.tinytune.core.vector.VectorMath;

/** Moves parameters against their gradients. Keeps state from step to step; one object serves one training run. */
public interface Optimizer {
    /** Makes a fresh optimizer for so many parameters. */
    @FunctionalInterface
    interface Factory {
        /** @param math the loops to compute with; arrays have {@link VectorMath#SLACK} elements behind them */
        Optimizer create(VectorMath math, int parameters);
    }

    /**
     * One step.
     *
     * @param parameters changed in place
     * @param gradients of the loss, mean over the batch
     * @param learningRate of this step
     */
    void step(float[] parameters, float[] gradients, double learningRate);
}
