package org.tinytune.nas;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.tinytune.core.DecimalText;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.search.trial.FrozenTrial;
import org.tinytune.search.trial.Objective;
import org.tinytune.search.trial.TrialContext;
import org.tinytune.search.trial.TrialResult;
import org.tinytune.search.trial.TrialStoppedException;

/** Trains a candidate and scores it on the validation part. */
final class TrialObjective implements Objective {
    /** Names of the objectives; the first is maximised, the others are minimised on the Pareto front. */
    static final List<String> OBJECTIVES =
            List.of(TrialFigures.INT8_ACCURACY, "ramBytes", "flashBytes", "latencyMicros");

    private final SearchTask task;
    private final CandidateTraining training;

    /** @param threads that share each trial's mini-batches */
    TrialObjective(SearchTask task, int threads) {
        this.task = task;
        this.training = new CandidateTraining(task, threads);
    }

    /** How many intermediate values a trial reports: one an epoch, and one of what calibration alone gives. */
    static int reports(TrainingBudget budget) {
        return budget.epochs() + 1;
    }

    @Override
    public TrialResult evaluate(TrialContext trial) {
        AtomicInteger epoch = new AtomicInteger();
        CandidateTraining.Score score;
        try {
            score = training.run(
                    trial.parameters(),
                    task.searchData(),
                    trial.seed("training"),
                    e -> trial.report(epoch.getAndIncrement(), e.validationScore()),
                    trial::isStopRequested);
        } catch (CancellationException e) {
            throw new TrialStoppedException();
        } catch (InvalidModelException e) {
            throw e;
        } catch (TinytuneException e) {
            return TrialResult.failed(e.getMessage());
        }
        return TrialResult.complete(
                        score.int8().accuracy(),
                        figure(trial, "ramBytes"),
                        figure(trial, "flashBytes"),
                        figure(trial, "latencyMicros"))
                .withAttribute(
                        TrialFigures.INT8_ACCURACY, DecimalText.of(score.int8().accuracy()))
                .withAttribute(
                        TrialFigures.FLOAT_ACCURACY,
                        DecimalText.of(score.floats().accuracy()))
                .withAttribute(
                        TrialFigures.INT8_LOSS, DecimalText.of(score.int8().loss()));
    }

    private static double figure(TrialContext trial, String name) {
        FrozenTrial proposed = trial.trial();
        return TrialFigures.of(proposed, name);
    }
}
