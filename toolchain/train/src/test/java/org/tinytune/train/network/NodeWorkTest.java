package org.tinytune.train.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.core.cost.Work;
import org.tinytune.core.graph.Graph;
import org.tinytune.train.FloatNetwork;
import org.tinytune.train.network.NetworkOptions.Arithmetic;

/** What nodes have to do, counted by hand, and who is told how long it takes. */
class NodeWorkTest {
    /** 4 x 4 pixels, a 3 x 3 convolution to two channels, 32 values to five, probabilities. */
    private static Graph graph() {
        return new FloatNetwork(4, 4, 1)
                .conv("conv", 2, 3)
                .relu("relu")
                .dense("dense", 5)
                .softmax()
                .build();
    }

    private static Network network(int threads, Optional<NodeTimer> timer) {
        return new Network(graph(), NetworkOptions.training(Arithmetic.FLOAT32, 10, threads), timer);
    }

    @Test
    void forwardReadsOperandsAndWritesTheOutputOfEverySample() {
        try (Network network = network(1, Optional.empty())) {
            // 10 samples of 16 pixels, 18 weights, 2 biases; 32 outputs of 9 products each
            assertThat(network.work(0, Pass.FORWARD, 10)).isEqualTo(new Work(10 * 32 * 9, 4 * (160 + 18 + 2), 4 * 320));
            assertThat(network.work(1, Pass.FORWARD, 10)).isEqualTo(new Work(0, 4 * 320, 4 * 320));
            assertThat(network.work(2, Pass.FORWARD, 10)).isEqualTo(new Work(10 * 160, 4 * (320 + 160 + 5), 4 * 50));
        }
    }

    @Test
    void backwardMultipliesOnceForEachGradient() {
        try (Network network = network(1, Optional.empty())) {
            // The first node has weights only to find a gradient for: the input needs none.
            assertThat(network.work(0, Pass.BACKWARD, 10))
                    .isEqualTo(new Work(10 * 32 * 9, 4 * (160 + 18 + 2 + 320), 4 * (18 + 2)));
            assertThat(network.work(1, Pass.BACKWARD, 10)).isEqualTo(new Work(0, 4 * (320 + 320), 4 * 320));
            assertThat(network.work(2, Pass.BACKWARD, 10))
                    .isEqualTo(new Work(2 * 10 * 160, 4 * (320 + 160 + 5 + 50), 4 * (320 + 160 + 5)));
        }
    }

    @Test
    void whatALossOnLogitsLeavesOutHasNothingToDo() {
        try (Network network = network(1, Optional.empty())) {
            assertThat(network.work(3, Pass.FORWARD, 10)).isEqualTo(Work.NONE);
            assertThat(network.work(3, Pass.BACKWARD, 10)).isEqualTo(Work.NONE);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void theTimerIsToldOfEveryPassThatRuns(int threads) {
        AtomicLongArray calls = new AtomicLongArray(8);
        try (Network network = network(threads, Optional.of((node, pass, nanos) -> {
            assertThat(nanos).isNotNegative();
            calls.incrementAndGet(2 * node + pass.ordinal());
        }))) {
            new LinearLoss(network, 10, 1).step((range, pass) -> {});
        }

        for (int node = 0; node < 3; node++) {
            assertThat(calls.get(2 * node)).as("forward of node %d", node).isPositive();
            assertThat(calls.get(2 * node + 1)).as("backward of node %d", node).isPositive();
        }
        assertThat(calls.get(6)).as("preparation of the softmax").isEqualTo(1);
        assertThat(calls.get(7)).as("backward of the softmax").isZero();
    }

    @Test
    void aTimerChangesNoResult() {
        assertThat(trained(Optional.of((node, pass, nanos) -> {}))).isEqualTo(trained(Optional.empty()));
    }

    private static Graph trained(Optional<NodeTimer> timer) {
        try (Network network = network(2, timer)) {
            float[] values = network.parameters().values();
            float[] gradient = network.parameters().gradient();
            LinearLoss loss = new LinearLoss(network, 10, 1);
            for (int step = 0; step < 3; step++) {
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
