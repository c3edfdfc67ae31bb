package org.tinytune.nas;

import java.util.List;
import org.tinytune.search.study.StudyListener;
import org.tinytune.search.trial.FrozenTrial;
import org.tinytune.train.Epoch;

/** Is told of a search's progress: of its trials, and of what comes before and after them. */
public interface SearchListener extends StudyListener {
    /** Listens to nothing. */
    SearchListener NONE = new SearchListener() {};

    /** The search begins, or goes on after these trials. */
    default void searchStarted(List<FrozenTrial> earlier) {}

    /** The best trials are about to be compared on all groups, which takes so many trainings. */
    default void playOffStarted(List<FrozenTrial> finalists, int trainings) {}

    /** There is no time left to compare the best trials on all groups. */
    default void playOffSkipped() {}

    /** A training of the play-off has ended, or was known from an earlier run. May be called by any thread. */
    default void playOffTrained() {}

    /** The play-off has ended; the best comes first. */
    default void playOffEnded(List<PlayOff.Standing> standings) {}

    /** The best network is about to be trained once more. */
    default void lastTrainingStarted(FrozenTrial best, int epochs) {}

    /** An epoch of the last training has ended. */
    default void lastTrainingEpoch(Epoch epoch) {}
}
