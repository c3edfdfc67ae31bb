package org.tinytune.train;

import org.tinytune.core.graph.Graph;
import org.tinytune.data.Samples;

/**
 * Scores classifiers. An INT8 graph is run by the kernels of quantization-aware training, which compute the bytes of
 * the simulator.
 */
public final class Evaluator {
    private static final int BATCH = 128;

    private Evaluator() {}

    /**
     * How a classifier does.
     *
     * @param graph float or INT8, ending in a softmax
     * @param threads that share the work; the result does not depend on them
     */
    public static Evaluation evaluate(Graph graph, Samples samples, int threads) {
        Graph logits = Logits.of(graph);
        Network network = new Network(logits, BATCH, false);
        try (Team team = new Team(threads)) {
            team.serve(network);
            return evaluate(
                    network, team, SampleFeed.plain(samples, graph.metadata().encoding()));
        }
    }

    /** The same with a network that is ready. */
    static Evaluation evaluate(Network network, Team team, SampleFeed feed) {
        int classes = network.graph().output().shape().elements();
        CrossEntropy loss = new CrossEntropy(classes, 0);
        int[][] confusion = new int[classes][classes];
        int[] order = feed.inOrder();
        double lossSum = 0;
        network.load();
        int batch = network.maxSamples();
        for (int from = 0; from < order.length; from += batch) {
            int count = Math.min(batch, order.length - from);
            feed.fill(network.graph().input(), network.input(), order, from, count, 0);
            team.begin(count, false, 0);
            team.run(network::forward);
            for (int i = 0; i < count; i++) {
                int target = feed.target(order[from + i]);
                lossSum += Trainer.lossOf(loss, network, i, target, null, 0);
                confusion[target][argMax(network.output(), i * classes, classes)]++;
            }
        }
        return new Evaluation(lossSum / order.length, confusion);
    }

    /** The index of the greatest value, the first of equals. */
    static int argMax(float[] values, int offset, int count) {
        int best = 0;
        for (int c = 1; c < count; c++) {
            best = values[offset + c] > values[offset + best] ? c : best;
        }
        return best;
    }
}
