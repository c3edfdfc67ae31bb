package org.tinytune.train.optimizer;

/** Updates parameters from their gradients. Holds what it remembers of earlier steps. */
public interface Optimizer {
    /**
     * Begins a step.
     *
     * @param learningRate of this step
     */
    void begin(double learningRate);

    /**
     * Updates some elements; threads update different ones at the same time.
     *
     * @param begin the first
     * @param end one past the last
     * @param weights whether they are weights, to which weight decay applies
     */
    void update(int begin, int end, boolean weights);
}
