package org.tinytune.search.study;

import java.util.List;
import org.tinytune.search.trial.FrozenTrial;

/**
 * Is told of a run's progress.
 *
 * <p>Called by the workers, one call at a time, when what it is told has been stored; the workers wait meanwhile. With
 * more than one worker, trials do not end in the order of their numbers. An exception stops the run.
 */
public interface StudyListener {
    /** Listens to nothing. */
    StudyListener NONE = new StudyListener() {};

    /** Tells all of them, in their order. */
    static StudyListener all(List<? extends StudyListener> listeners) {
        List<StudyListener> all = List.copyOf(listeners);
        return new StudyListener() {
            @Override
            public void trialStarted(FrozenTrial trial) {
                all.forEach(listener -> listener.trialStarted(trial));
            }

            @Override
            public void intermediateValue(int number, int epoch, double value) {
                all.forEach(listener -> listener.intermediateValue(number, epoch, value));
            }

            @Override
            public void trialFinished(FrozenTrial trial) {
                all.forEach(listener -> listener.trialFinished(trial));
            }
        };
    }

    /** A trial is about to be evaluated, for the first time or again. */
    default void trialStarted(FrozenTrial trial) {}

    /** A trial that is being evaluated has reported a value. */
    default void intermediateValue(int number, int epoch, double value) {}

    /** A trial has ended, or was rejected by the feasibility check without having been started. */
    default void trialFinished(FrozenTrial trial) {}
}
