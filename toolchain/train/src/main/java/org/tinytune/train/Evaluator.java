package org.tinytune.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.core.op.FrontEnd;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.data.Parallel;
import org.tinytune.data.Samples;
import org.tinytune.data.feature.FeatureSamples;
import org.tinytune.train.data.SampleFeed;
import org.tinytune.train.loss.Loss;
import org.tinytune.train.metric.Interval;
import org.tinytune.train.network.Network;
import org.tinytune.train.network.NetworkOptions;
import org.tinytune.train.network.NetworkOptions.Arithmetic;
import org.tinytune.train.task.Classification;
import org.tinytune.train.task.Predictions;
import org.tinytune.train.task.Task;

/**
 * Runs models on samples, in batches. An INT8 graph is run in the integers of the board: what it predicts is what the
 * simulator predicts, many times faster. One that begins with a front end is given windows of sensor data.
 */
public final class Evaluator {
    private static final int BATCH = 256;

    private Evaluator() {}

    /** Told of what a network gives for a sample. */
    @FunctionalInterface
    interface Collector {
        /** Wants to know nothing. */
        Collector NONE = (sample, position, scorer) -> {};

        /**
         * A sample has been scored.
         *
         * @param sample its index
         * @param position of it in the batch that the scorer holds
         */
        void scored(int sample, int position, Scorer scorer);
    }

    /**
     * Scores a float or INT8 classifier.
     *
     * @param threads that share the work; results do not depend on it
     * @throws InvalidModelException if the samples do not fit the graph
     */
    public static Evaluation evaluate(Graph graph, Samples samples, int threads) {
        Task task = Classification.of(graph);
        List<Integer> predictions = new ArrayList<>();
        Tally tally = score(
                graph,
                samples,
                task,
                threads,
                (sample, position, scorer) ->
                        predictions.add(Classification.decide(scorer.outputs(position), scorer.givesLogits())));
        List<List<Integer>> confusion = confusion(samples, predictions);
        return new Evaluation(
                samples.size(),
                tally.meanPoint(),
                Interval.wilson(hits(confusion), tally.samples()),
                tally.loss(),
                confusion,
                predictions);
    }

    /**
     * What a float or INT8 graph makes of samples, whatever its task is.
     *
     * @param threads that share the work; results do not depend on it
     * @throws InvalidModelException if the samples do not fit the graph
     */
    public static Predictions predict(Graph graph, Samples samples, int threads) {
        Task task = Task.of(graph);
        Predictions predictions = Predictions.ofSize(samples.size());
        score(graph, samples, task, threads, (sample, position, scorer) -> {
            float[] outputs = scorer.outputs(position);
            predictions.outputs()[sample] = task.kind() == TaskKind.CLASSIFICATION
                    ? Classification.probabilities(outputs, scorer.givesLogits())
                    : outputs;
            predictions.losses()[sample] = scorer.loss(position);
            predictions.points()[sample] = scorer.point(position);
        });
        return predictions;
    }

    private static Tally score(Graph graph, Samples samples, Task task, int threads, Collector collector) {
        Optional<FrontEnd> frontEnd = FrontEnd.of(graph);
        if (frontEnd.isEmpty()) {
            return scoreNetwork(graph, samples, task, threads, collector);
        }
        InputEncoding encoding = FeatureSamples.encoding(frontEnd.get().features());
        Graph network = FrontEnd.network(graph);
        return scoreNetwork(
                network.withMetadata(network.metadata().withEncoding(encoding)),
                FeatureSamples.of(frontEnd.get(), samples, Parallel.of(threads)),
                task,
                threads,
                collector);
    }

    private static Tally scoreNetwork(Graph graph, Samples samples, Task task, int threads, Collector collector) {
        Arithmetic arithmetic = graph.input().type() == ElementType.INT8 ? Arithmetic.INT8 : Arithmetic.FLOAT32;
        int steps = SampleFeed.steps(samples, graph);
        int batch = Math.min(Math.max(1, BATCH / steps), samples.size());
        NetworkOptions options = NetworkOptions.inference(arithmetic, batch, threads)
                .withSteps(steps)
                .withLossOnLogits(task.loss().onLogits());
        try (Network network = new Network(graph, options)) {
            return score(network, samples, task, task.loss(), collector);
        }
    }

    /** Runs all samples through a network. */
    static Tally score(Network network, Samples samples, Task task, Loss loss, Collector collector) {
        SampleFeed feed = new SampleFeed(samples, network);
        Scorer scorer = new Scorer(network, feed, task, loss);
        int[] order = SampleFeed.inOrder(samples);
        Tally tally = new Tally();
        for (int first = 0; first < order.length; first += network.maxSamples()) {
            int batch = Math.min(network.maxSamples(), order.length - first);
            feed.select(order, first);
            network.infer(batch, feed, scorer::evaluate);
            for (int n = 0; n < batch; n++) {
                tally.add(scorer.loss(n), scorer.point(n));
                collector.scored(first + n, n, scorer);
            }
        }
        return tally;
    }

    private static int hits(List<List<Integer>> confusion) {
        int hits = 0;
        for (int c = 0; c < confusion.size(); c++) {
            hits += confusion.get(c).get(c);
        }
        return hits;
    }

    private static List<List<Integer>> confusion(Samples samples, List<Integer> predictions) {
        int classes = samples.labels().size();
        int[][] counts = new int[classes][classes];
        for (int i = 0; i < samples.size(); i++) {
            counts[samples.target(i)][predictions.get(i)]++;
        }
        List<List<Integer>> rows = new ArrayList<>();
        for (int[] row : counts) {
            List<Integer> list = new ArrayList<>();
            for (int count : row) {
                list.add(count);
            }
            rows.add(list);
        }
        return rows;
    }
}
