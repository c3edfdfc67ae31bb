package org.tinytune.train.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.graph.Shard;
import org.tinytune.core.op.InferenceOnly;
import org.tinytune.core.op.Operators;
import org.tinytune.core.sim.Simulator;
import org.tinytune.core.testing.RandomGraphs;
import org.tinytune.core.vector.VectorProvider;
import org.tinytune.train.network.NetworkOptions.Arithmetic;

/** What the fast kernels compute in integers is what the simulator computes, operator by operator. */
class QatExactnessTest {
    private static final int SEEDS = 300;

    static List<Operator<?>> operators() {
        return Operators.ALL.stream()
                .filter(operator -> !(operator instanceof InferenceOnly))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("operators")
    void everyOperatorGivesTheBytesOfTheSimulator(Operator<?> operator) {
        for (long seed = 0; seed < SEEDS; seed++) {
            assertSameAsSimulator(RandomGraphs.single(operator, seed), seed);
        }
    }

    @Test
    void wholeNetworksGiveTheBytesOfTheSimulator() {
        for (long seed = 0; seed < SEEDS; seed++) {
            assertSameAsSimulator(RandomGraphs.network(seed), seed);
        }
    }

    private static void assertSameAsSimulator(Graph graph, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int samples = random.nextInt(1, 20);
        int steps = graph.hasState() ? random.nextInt(1, 7) : 1;
        List<List<byte[]>> inputs = new ArrayList<>();
        for (int n = 0; n < samples * steps; n++) {
            inputs.add(RandomGraphs.inputs(graph, 1000 * seed + n));
        }
        NetworkOptions options = NetworkOptions.inference(Arithmetic.INT8, samples + random.nextInt(3), 1)
                .withSteps(steps);
        boolean plain = seed % 4 == 0;
        try (Network network = new Network(graph, plain ? options.withMath(VectorProvider.plain()) : options)) {
            network.infer(samples, shard -> fill(network, shard, inputs), ShardTask.NONE);
            Simulator simulator = Simulator.of(graph);
            for (int n = 0; n < inputs.size(); n++) {
                int sample = n;
                if (n % steps == 0) {
                    simulator.reset();
                }
                simulator.run(
                        inputs.get(n),
                        (node, tensor, bytes) -> assertThat(Captured.sample(network, tensor, sample))
                                .as(
                                        "seed %d, sample %d, %s",
                                        seed, sample, graph.nodes().get(node))
                                .isEqualTo(bytes));
            }
        }
    }

    private static void fill(Network network, Shard shard, List<List<byte[]>> inputs) {
        List<Integer> tensors = network.graph().inputs();
        for (int n = shard.begin(); n < shard.end(); n++) {
            for (int i = 0; i < tensors.size(); i++) {
                byte[] bytes = inputs.get(n).get(i);
                FloatSpan span = network.values(tensors.get(i));
                for (int j = 0; j < bytes.length; j++) {
                    span.array()[span.offset() + n * bytes.length + j] = bytes[j];
                }
            }
        }
    }
}
