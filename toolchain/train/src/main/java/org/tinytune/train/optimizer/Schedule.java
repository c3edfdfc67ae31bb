package org.tinytune.train.optimizer;

/** How the learning rate changes in the course of training. */
@FunctionalInterface
public interface Schedule {
    /** Always the same. */
    Schedule CONSTANT = progress -> 1;

    /**
     * The factor of the learning rate, in [0, 1].
     *
     * @param progress steps done, as a share of all steps, in [0, 1)
     */
    double factor(double progress);
}
