package org.tinytune.train.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.Graph;
import org.tinytune.train.FloatNetwork;
import org.tinytune.train.network.NetworkOptions.Arithmetic;

/** Batch norm in training is its definition, in float64, over the whole batch. */
class BatchNormFloat32Test {
    private static final int PIXELS = 12;
    private static final int CHANNELS = 5;
    private static final double EPSILON = 1e-3;
    private static final double MOMENTUM = 0.9;

    /** Fewer samples than shards, as many, more, and a number that does not divide evenly. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8, 21})
    void normalizesByTheBatchAndKeepsAverages(int samples) {
        Graph graph = new FloatNetwork(3, 4, CHANNELS)
                .batchNorm("norm")
                .mean()
                .dense("logits", 2)
                .build();
        SplittableRandom random = new SplittableRandom(samples);
        float[] x = new float[samples * PIXELS * CHANNELS];
        for (int i = 0; i < x.length; i++) {
            // Means far from 0 beside small deviations: where a careless sum of squares loses all digits.
            x[i] = (float) (100 * (i % CHANNELS) + random.nextDouble(-1, 1));
        }
        try (Network network = new Network(graph, NetworkOptions.training(Arithmetic.FLOAT32, samples, 1))) {
            FloatSpan input = network.values(graph.inputs().get(0));
            System.arraycopy(x, 0, input.array(), input.offset(), x.length);
            float[] y = new float[x.length];
            int normalized = FloatNetwork.index(graph, "norm");
            network.train(
                    samples,
                    0,
                    ShardTask.NONE,
                    shard -> {
                        FloatSpan values = network.values(normalized);
                        int from = shard.begin() * PIXELS * CHANNELS;
                        System.arraycopy(
                                values.array(), values.offset() + from, y, from, shard.samples() * PIXELS * CHANNELS);
                        FloatSpan gradient = network.gradient(network.logits());
                        Arrays.fill(
                                gradient.array(),
                                gradient.offset() + 2 * shard.begin(),
                                gradient.offset() + 2 * shard.end(),
                                1);
                    },
                    (range, pass) -> {});
            assertIsDefinition(graph, network.trainedGraph(), x, y);
        }
    }

    private static void assertIsDefinition(Graph before, Graph after, float[] x, float[] y) {
        int count = x.length / CHANNELS;
        for (int c = 0; c < CHANNELS; c++) {
            double mean = 0;
            for (int i = c; i < x.length; i += CHANNELS) {
                mean += (double) x[i] / count;
            }
            double squares = 0;
            for (int i = c; i < x.length; i += CHANNELS) {
                squares += (x[i] - mean) * (x[i] - mean);
            }
            double deviation = Math.sqrt(squares / count + EPSILON);
            float gamma = FloatNetwork.values(before, "norm/gamma")[c];
            float beta = FloatNetwork.values(before, "norm/beta")[c];
            for (int i = c; i < x.length; i += CHANNELS) {
                assertThat((double) y[i])
                        .as("channel %d, element %d", c, i)
                        .isCloseTo(gamma * (x[i] - mean) / deviation + beta, Offset.offset(2e-4));
            }
            assertAverage(before, after, "norm/mean", c, mean);
            assertAverage(before, after, "norm/variance", c, squares / (count - 1));
        }
    }

    /** {@code 0.9 · before + 0.1 · value}. */
    private static void assertAverage(Graph before, Graph after, String name, int c, double value) {
        double expected = MOMENTUM * FloatNetwork.values(before, name)[c] + (1 - MOMENTUM) * value;
        assertThat((double) FloatNetwork.values(after, name)[c])
                .as("%s of channel %d", name, c)
                .isCloseTo(expected, Offset.offset(1e-5 * (1 + Math.abs(expected))));
    }
}
