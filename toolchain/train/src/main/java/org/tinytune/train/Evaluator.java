package org.tinytune.train;

import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.data.Samples;
import org.tinytune.train.network.Network;
import org.tinytune.train.network.NetworkOptions;
import org.tinytune.train.network.NetworkOptions.Arithmetic;

/**
 * Scores classifiers. An INT8 graph is run by the kernels of quantization-aware training, which compute the bytes of
 * the simulator.
 */
public final class Evaluator {
    private static final int BATCH = 128;

    private Evaluator() {}

    /** How a graph's numbers are computed. */
    static Arithmetic arithmetic(Graph graph) {
        return graph.output().type() == ElementType.INT8 ? Arithmetic.INT8 : Arithmetic.FLOAT32;
    }

    /**
     * How a classifier does.
     *
     * @param graph float or INT8, ending in a softmax
     * @param threads that share the work; the result does not depend on them
     */
    public static Evaluation evaluate(Graph graph, Samples samples, int threads) {
        try (Network network = new Network(graph, NetworkOptions.inference(arithmetic(graph), BATCH, threads))) {
            return evaluate(network, SampleFeed.plain(samples, graph.metadata().encoding()));
        }
    }

    /** The same with a network that is ready. */
    static Evaluation evaluate(Network network, SampleFeed feed) {
        BatchScore score = new BatchScore(network, feed, 0);
        int[] order = feed.inOrder();
        FloatSpan input = network.values(network.graph().inputs().get(0));
        int batch = network.maxSamples();
        for (int from = 0; from < order.length; from += batch) {
            int first = from;
            network.infer(
                    Math.min(batch, order.length - from),
                    shard -> feed.fill(network.graph().input(), input, order, first, shard, 0),
                    shard -> score.score(order, first, shard, 0));
        }
        return score.evaluation();
    }
}
