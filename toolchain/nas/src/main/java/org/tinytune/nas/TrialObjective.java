package org.tinytune.nas;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.tinytune.core.graph.Graph;
import org.tinytune.data.split.SearchData;
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

    TrialObjective(SearchTask task) {
        this.task = task;
    }

    @Override
    public TrialResult evaluate(TrialContext trial) {
        SearchData data = task.searchData();
        Graph network = task.network(trial.parameters());
        AtomicInteger epoch = new AtomicInteger();
        TrainedModel model;
        try {
            model = task.trainer()
                    .train(
                            network,
                            data.training(),
                            Optional.of(data.validation()),
                            task.job(trial.parameters(), data.training().size(), trial.seed("training")),
                            e -> trial.report(epoch.getAndIncrement(), e.validationAccuracy()),
                            trial::isStopRequested);
        } catch (CancellationException e) {
            throw new TrialStoppedException();
        }
        double floatAccuracy = task.accuracy(model.floatGraph(), data.validation());
        double int8Accuracy = task.accuracy(model.int8Graph(), data.validation());
        return TrialResult.complete(
                        int8Accuracy,
                        figure(trial, "ramBytes"),
                        figure(trial, "flashBytes"),
                        figure(trial, "latencyMicros"))
                .withAttribute(TrialFigures.INT8_ACCURACY, Double.toString(int8Accuracy))
                .withAttribute(TrialFigures.FLOAT_ACCURACY, Double.toString(floatAccuracy));
    }

    private static double figure(TrialContext trial, String name) {
        FrozenTrial proposed = trial.trial();
        return TrialFigures.of(proposed, name);
    }
}
