package org.tinytune.cli.train;

import java.util.List;
import java.util.Optional;
import org.tinytune.cli.model.ConfusionMatrix;
import org.tinytune.core.graph.Graph;
import org.tinytune.data.Samples;
import org.tinytune.train.Evaluator;
import org.tinytune.train.metric.Bootstrap;
import org.tinytune.train.metric.Metric;
import org.tinytune.train.task.Predictions;
import org.tinytune.train.task.Task;

/**
 * What a model makes of the test part.
 *
 * @param predictions of its samples
 * @param metrics of these
 * @param confusion of classes, where the task knows any
 */
record TestScore(Predictions predictions, List<Metric> metrics, Optional<ConfusionMatrix> confusion) {
    /**
     * Scores a model in float or INT8.
     *
     * @param seed of the intervals
     */
    static TestScore of(Graph graph, Samples test, long seed, int threads) {
        Task task = Task.of(graph);
        Predictions predictions = Evaluator.predict(graph, test, threads);
        return new TestScore(
                predictions,
                task.metrics(test, predictions, Bootstrap.seeded(seed)),
                task.decisions(test, predictions)
                        .map(d -> ConfusionMatrix.of(d.labels(), d.targets(), d.predictions())));
    }
}
