package org.tinytune.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Tensor;

class HeInitializationTest {
    /** A convolution, a depthwise convolution of many channels, and a fully connected layer, all with biases. */
    private static final Graph GRAPH = new FloatNetwork(8, 8, 16)
            .conv("conv", 96, 3)
            .depthwise("depthwise", 3, 4)
            .mean()
            .dense("dense", 40)
            .build();

    /**
     * Variance 2 over the inputs of one output: 3 · 3 · 16 for the convolution, 3 · 3 of one channel for the depthwise
     * one, all 384 for the dense layer. A sample variance of n normal values is within √(2 / n) of it in two cases of
     * three.
     */
    @ParameterizedTest
    @CsvSource({"conv/weights, 144", "depthwise/weights, 9", "dense/weights, 384"})
    void varianceIsTwoOverTheInputsOfAnOutput(String name, int inputs) {
        float[] values = tensor(HeInitialization.initialize(GRAPH, 3), name).float32Data();
        double sum = 0;
        double squares = 0;
        int withinOne = 0;
        double deviation = Math.sqrt(2.0 / inputs);
        for (float value : values) {
            sum += value;
            squares += (double) value * value;
            withinOne += Math.abs(value) < deviation ? 1 : 0;
        }
        int n = values.length;
        assertThat(n).isGreaterThan(3000);
        assertThat(sum / n).isCloseTo(0, Offset.offset(4 * deviation / Math.sqrt(n)));
        assertThat(squares / n).isCloseTo(2.0 / inputs, Offset.offset(4 * (2.0 / inputs) * Math.sqrt(2.0 / n)));
        // Of normal values, 68.3 % are within one deviation; of evenly spread ones, 57.7 %.
        assertThat((double) withinOne / n).isCloseTo(0.683, Offset.offset(4 * Math.sqrt(0.683 * 0.317 / n)));
    }

    @Test
    void theSameSeedGivesTheSameWeights() {
        assertThat(HeInitialization.initialize(GRAPH, 3)).isEqualTo(HeInitialization.initialize(GRAPH, 3));
    }

    @Test
    void seedsAndTensorsHaveStreamsOfTheirOwn() {
        Graph twice = new FloatNetwork(8, 8, 4)
                .conv("first", 4, 3)
                .conv("second", 4, 3)
                .build();
        Graph initialized = HeInitialization.initialize(twice, 3);
        assertThat(tensor(initialized, "first/weights").float32Data())
                .isNotEqualTo(tensor(initialized, "second/weights").float32Data())
                .isNotEqualTo(tensor(HeInitialization.initialize(twice, 4), "first/weights")
                        .float32Data());
    }

    @Test
    void everythingElseStays() {
        Graph before = new FloatNetwork(8, 8, 4)
                .conv("conv", 4, 3)
                .batchNorm("norm")
                .mean()
                .dense("dense", 3)
                .build();
        Graph after = HeInitialization.initialize(before, 3);
        for (int t = 0; t < before.tensors().size(); t++) {
            if (before.tensor(t).name().endsWith("/weights")) {
                assertThat(after.tensor(t)).isNotEqualTo(before.tensor(t));
            } else {
                assertThat(after.tensor(t)).isEqualTo(before.tensor(t));
            }
        }
        assertThat(after.nodes()).isEqualTo(before.nodes());
    }

    private static Tensor tensor(Graph graph, String name) {
        return graph.tensors().stream()
                .filter(tensor -> tensor.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
