package org.tinytune.train;

/** Told of what goes on, from the training thread. */
@FunctionalInterface
public interface TrainingListener {
    /** Does not listen. */
    TrainingListener NONE = epoch -> {};

    /** An epoch has ended. */
    void epochEnded(Epoch epoch);

    /**
     * A step has ended.
     *
     * @param phase of the training
     * @param samples trained on so far in this phase
     * @param total samples that the phase trains on if it does not end early
     */
    default void stepEnded(Epoch.Phase phase, long samples, long total) {}

    /**
     * Something went otherwise than was asked for, and training goes on or ends well all the same.
     *
     * @param line for the user: what, where, what to do
     */
    default void notice(String line) {}
}
