package org.tinytune.train;

/**
 * What is known at the end of an epoch.
 *
 * @param phase of the training
 * @param number within the phase, from 1; 0 for the score before the phase
 * @param trainingLoss mean over the epoch's samples while they were trained on; NaN for number 0
 * @param trainingScore of them, as the task scores: accuracy in [0, 1], or an error; NaN for number 0
 * @param validationLoss mean over the validation samples; NaN without any
 * @param validationScore of them, as above; NaN without any
 */
public record Epoch(
        Phase phase,
        int number,
        double trainingLoss,
        double trainingScore,
        double validationLoss,
        double validationScore) {

    /** The parts of a training. */
    public enum Phase {
        /** In real numbers. */
        FLOAT,
        /** In the integers of the board. */
        INT8,
        /** In real numbers, after channels were removed; every round begins at 1. */
        PRUNED
    }
}
