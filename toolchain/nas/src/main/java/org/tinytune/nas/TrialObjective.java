package org.tinytune.nas;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.data.Samples;
import org.tinytune.data.feature.NetworkInput;
import org.tinytune.data.split.SearchData;
import org.tinytune.search.space.Parameters;
import org.tinytune.search.trial.FrozenTrial;
import org.tinytune.search.trial.Objective;
import org.tinytune.search.trial.TrialContext;
import org.tinytune.search.trial.TrialResult;
import org.tinytune.search.trial.TrialStoppedException;
import org.tinytune.train.Evaluation;
import org.tinytune.train.Evaluator;
import org.tinytune.train.Trainer;
import org.tinytune.train.TrainingResult;

/** Trains a candidate and scores it on the validation part. */
final class TrialObjective implements Objective {
    /** Names of the objectives; the first is maximised, the others are minimised on the Pareto front. */
    static final List<String> OBJECTIVES =
            List.of(TrialFigures.INT8_ACCURACY, "ramBytes", "flashBytes", "latencyMicros");

    private final SearchTask task;

    private final int threads;

    /** @param threads that share each trial's mini-batches */
    TrialObjective(SearchTask task, int threads) {
        this.task = task;
        this.threads = threads;
    }

    /** How many intermediate values a trial reports: one an epoch, and one of what calibration alone gives. */
    static int reports(TrainingBudget budget) {
        return budget.epochs() + 1;
    }

    @Override
    public TrialResult evaluate(TrialContext trial) {
        SearchData data = task.searchData();
        Parameters parameters = trial.parameters();
        NetworkInput input = task.input(parameters, data.training());
        Graph network = task.network(parameters, input);
        Samples validation = input.of(data.validation());
        AtomicInteger epoch = new AtomicInteger();
        TrainingBudget budget = TrainingBudget.ofCandidate(data.training().size());
        TrainingResult model;
        try {
            model = Trainer.fit(
                    network,
                    task.varied(parameters, input),
                    Optional.of(validation),
                    task.training(parameters, input, budget, threads),
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
        Evaluation floatScore = Evaluator.evaluate(model.floatGraph(), validation, threads);
        Evaluation int8Score = Evaluator.evaluate(model.int8Graph(), validation, threads);
        return TrialResult.complete(
                        int8Score.accuracy(),
                        figure(trial, "ramBytes"),
                        figure(trial, "flashBytes"),
                        figure(trial, "latencyMicros"))
                .withAttribute(TrialFigures.INT8_ACCURACY, Double.toString(int8Score.accuracy()))
                .withAttribute(TrialFigures.FLOAT_ACCURACY, Double.toString(floatScore.accuracy()))
                .withAttribute(TrialFigures.INT8_LOSS, Double.toString(int8Score.loss()));
    }

    private static double figure(TrialContext trial, String name) {
        FrozenTrial proposed = trial.trial();
        return TrialFigures.of(proposed, name);
    }
}
