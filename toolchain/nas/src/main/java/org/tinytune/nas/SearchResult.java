package org.tinytune.nas;

import java.util.List;
import org.tinytune.data.Dataset;
import org.tinytune.data.Samples;
import org.tinytune.runtimegen.BoardPlan;
import org.tinytune.search.trial.FrozenTrial;
import org.tinytune.search.trial.TrialState;
import org.tinytune.train.Evaluation;
import org.tinytune.train.TrainingResult;

/**
 * What a search found.
 *
 * @param dataset that was searched on
 * @param trials all of them, in order
 * @param paretoFront numbers of the trials that no other beats in accuracy, RAM, flash and latency
 * @param standings of the play-off by which the trial was chosen, the best first; empty if there was none
 * @param sizes how the fit check knew the sizes of candidates, in words
 * @param best the trial whose network was chosen
 * @param model its network after the last training, on all samples but the test part
 * @param footprint what it takes on the board
 * @param onBoard how it runs there
 * @param floatTest the float model on the test part
 * @param int8Test the INT8 model on the test part
 * @param test the test part
 */
public record SearchResult(
        Dataset dataset,
        List<FrozenTrial> trials,
        List<Integer> paretoFront,
        List<PlayOff.Standing> standings,
        String sizes,
        FrozenTrial best,
        TrainingResult model,
        Footprint footprint,
        BoardPlan onBoard,
        Evaluation floatTest,
        Evaluation int8Test,
        Samples test) {

    /** How many candidates fitted the board and were trained. */
    public int trainedTrials() {
        return (int) trials.stream()
                .filter(trial -> trial.state() != TrialState.INFEASIBLE)
                .count();
    }
}
