package org.tinytune.train.optimizer;

import org.tinytune.train.network.ParameterUpdate;

/** Updates parameters from their gradients. Holds what it remembers of earlier steps. */
public interface Optimizer extends ParameterUpdate, Resumable {
    /**
     * Begins a step.
     *
     * @param learningRate of this step
     */
    void begin(double learningRate);
}
