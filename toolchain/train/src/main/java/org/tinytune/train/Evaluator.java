package org.tinytune.train;

import java.util.ArrayList;
import java.util.List;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.data.Samples;
import org.tinytune.train.data.SampleFeed;
import org.tinytune.train.loss.Loss;
import org.tinytune.train.loss.SoftmaxCrossEntropy;
import org.tinytune.train.metric.Interval;
import org.tinytune.train.network.Network;
import org.tinytune.train.network.NetworkOptions;
import org.tinytune.train.network.NetworkOptions.Arithmetic;

/**
 * Scores classifiers, in batches. An INT8 graph is run in the integers of the board: what it predicts is what the
 * simulator predicts, many times faster.
 */
public final class Evaluator {
    private static final int BATCH = 256;
    private static final Loss LOSS = new SoftmaxCrossEntropy(0);

    private Evaluator() {}

    /**
     * Scores a float or INT8 graph.
     *
     * @param threads that share the work; results do not depend on it
     * @throws InvalidModelException if the samples do not fit the graph
     */
    public static Evaluation evaluate(Graph graph, Samples samples, int threads) {
        Arithmetic arithmetic = graph.input().type() == ElementType.INT8 ? Arithmetic.INT8 : Arithmetic.FLOAT32;
        int batch = Math.min(BATCH, samples.size());
        try (Network network = new Network(graph, NetworkOptions.inference(arithmetic, batch, threads))) {
            List<Integer> predictions = new ArrayList<>();
            Tally tally = score(network, samples, LOSS, predictions);
            return new Evaluation(
                    samples.size(),
                    tally.accuracy(),
                    Interval.wilson(tally.hits(), tally.samples()),
                    tally.loss(),
                    confusion(samples, predictions),
                    predictions);
        }
    }

    /**
     * Runs all samples through a network.
     *
     * @param predictions receives one a sample
     */
    static Tally score(Network network, Samples samples, Loss loss, List<Integer> predictions) {
        SampleFeed feed = new SampleFeed(samples, network);
        Scorer scorer = new Scorer(network, samples, loss);
        int[] order = SampleFeed.inOrder(samples);
        Tally tally = new Tally();
        for (int first = 0; first < order.length; first += network.maxSamples()) {
            int batch = Math.min(network.maxSamples(), order.length - first);
            feed.select(order, first);
            network.infer(batch, feed, shard -> scorer.evaluate(shard, feed));
            for (int n = 0; n < batch; n++) {
                tally.add(scorer.loss(n), scorer.prediction(n) == samples.target(first + n));
                predictions.add(scorer.prediction(n));
            }
        }
        return tally;
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
