package org.tinytune.train.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.Padding;
import org.tinytune.core.op.conv2d.Conv2d;
import org.tinytune.core.op.conv2d.Conv2dParams;
import org.tinytune.core.testing.RandomGraphs;
import org.tinytune.core.vector.VectorProvider;
import org.tinytune.train.FloatNetwork;
import org.tinytune.train.network.NetworkOptions.Arithmetic;

/** The same bytes with any number of threads, and with any loops. */
class ThreadsTest {
    private static final int STEPS = 4;

    @Test
    void networksTrainToTheSameBytes() {
        for (long seed = 0; seed < 25; seed++) {
            assertSame(FloatGraphs.of(RandomGraphs.network(seed), true), seed);
        }
    }

    @Test
    void batchNormTrainsToTheSameBytes() {
        for (long seed = 0; seed < 10; seed++) {
            assertSame(FloatGraphs.batchNorm(seed, Activation.RELU), seed);
        }
    }

    /** What one thread adds up node by node, others add up shard by shard. */
    @Test
    void sharedWeightsTrainToTheSameBytes() {
        FloatNetwork network = new FloatNetwork(4, 4, 3);
        int weights = network.constant("shared", -0.4, 0.4, 3, 3, 3, 3);
        int bias = network.constant("shared_bias", -0.4, 0.4, 3);
        Conv2dParams params = Conv2dParams.of(1, Padding.SAME, Activation.NONE);
        Graph graph = network.node("first", Conv2d.INSTANCE, params, weights, bias)
                .node("second", Conv2d.INSTANCE, params, weights, bias)
                .node("third", Conv2d.INSTANCE, params, weights, bias)
                .dense("logits", 3)
                .build();
        for (long seed = 1; seed < 5; seed++) {
            assertSame(graph, seed);
        }
    }

    private static void assertSame(Graph graph, long seed) {
        int samples = 1 + (int) (seed % 5) * 7;
        int steps = graph.hasState() ? 3 : 1;
        NetworkOptions one =
                NetworkOptions.training(Arithmetic.FLOAT32, samples, 1).withSteps(steps);
        Graph expected = train(graph, one, samples, seed);
        assertThat(train(graph, one.withMath(VectorProvider.plain()), samples, seed))
                .as("plain loops, seed %d", seed)
                .isEqualTo(expected);
        for (int threads : new int[] {2, 4}) {
            NetworkOptions more = NetworkOptions.training(Arithmetic.FLOAT32, samples, threads)
                    .withSteps(steps);
            assertThat(train(graph, more, samples, seed))
                    .as("%d threads, seed %d", threads, seed)
                    .isEqualTo(expected);
        }
    }

    private static Graph train(Graph graph, NetworkOptions options, int samples, long seed) {
        try (Network network = new Network(graph, options)) {
            float[] values = network.parameters().values();
            float[] gradient = network.parameters().gradient();
            LinearLoss loss = new LinearLoss(network, samples, seed);
            for (int i = 0; i < STEPS; i++) {
                loss.step((range, pass) -> {
                    for (int k = range.begin(); k < range.end(); k++) {
                        values[k] -= 0.01f * gradient[k];
                    }
                });
            }
            return network.trainedGraph();
        }
    }
}
