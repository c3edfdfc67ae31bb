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
     * Begins a step.
     *
     * @param learningRate of this step
     */
    void begin(double learningRate);

    /**
     * Does the step for some of the parameters; different ranges may be done at the same time.
     *
     * @param parameters changed in place
     * @param gradients of the loss, mean over the batch
     * @param begin the first
     * @param end one past the last
     * @param decayed whether weight decay applies to them
     */
    void update(float[] parameters, float[] gradients, int begin, int end, boolean decayed);
}
