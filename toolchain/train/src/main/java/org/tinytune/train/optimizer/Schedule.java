package org.tinytune.train.optimizer;

/** How the learning rate changes in the course of training. */
public interface Schedule extends Resumable {
    /**
     * The factor of the learning rate, in [0, 1].
     *
     * @param progress steps done, as a share of all steps, in [0, 1)
     */
    double factor(double progress);

    /**
     * Told of the score at the end of every epoch.
     *
     * @param loss of the validation samples; of the training samples if there are none
     */
    default void epochEnded(double loss) {}
}
