package org.tinytune.train.initialization;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.softmax.Softmax;
import org.tinytune.core.op.softmax.SoftmaxParams;
import org.tinytune.train.FloatNetwork;

class InitializationTest {
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
        float[] values = tensor(initialize(GRAPH, 3), name).float32Data();
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

    /**
     * Convolution: 3 · 3 · 16 inputs and 3 · 3 · 96 outputs; depthwise with multiplier 4: 3 · 3 and 3 · 3 · 4; dense:
     * 384 and 40.
     */
    @ParameterizedTest
    @CsvSource({
        "glorot-uniform, conv/weights, 0.0019841270", // 2 / (144 + 864)
        "glorot-normal, conv/weights, 0.0019841270",
        "glorot-normal, depthwise/weights, 0.0444444444", // 2 / (9 + 36)
        "glorot-uniform, dense/weights, 0.0047169811", // 2 / (384 + 40)
        "he-uniform, conv/weights, 0.0138888889", // 2 / 144
        "he-normal, depthwise/weights, 0.2222222222", // 2 / 9
        "lecun-normal, dense/weights, 0.0026041667", // 1 / 384
        "lecun-uniform, depthwise/weights, 0.1111111111", // 1 / 9
        "uniform, conv/weights, 0.0008333333", // 0.05² / 3
        "normal, dense/weights, 0.0025" // 0.05²
    })
    void varianceIsThatOfTheRule(String rule, String name, double variance) {
        float[] values = tensor(Initialization.initialize(GRAPH, Initializers.ALL.get(rule), 3), name)
                .float32Data();
        double sum = 0;
        double squares = 0;
        double greatest = 0;
        for (float value : values) {
            sum += value;
            squares += (double) value * value;
            greatest = Math.max(greatest, Math.abs(value));
        }
        int n = values.length;
        double deviation = Math.sqrt(variance);
        boolean uniform = rule.endsWith("uniform");
        // The square of a value varies with 2 · variance² in a bell, with 4 / 5 · variance² in an even spread.
        double spread = Math.sqrt((uniform ? 0.8 : 2) / n);
        assertThat(sum / n).isCloseTo(0, Offset.offset(4 * deviation / Math.sqrt(n)));
        assertThat(squares / n).isCloseTo(variance, Offset.offset(4 * variance * spread));
        if (uniform) {
            assertThat(greatest).isBetween(0.99 * Math.sqrt(3) * deviation, Math.sqrt(3) * deviation * 1.0001);
        } else {
            assertThat(greatest).isGreaterThan(3 * deviation);
        }
    }

    /** Glorot where an output of fixed range comes next, with batch norm in between or not; otherwise He. */
    @Test
    void theUsualRuleFollowsTheActivation() {
        FloatNetwork network = new FloatNetwork(8, 8, 8).conv("saturating", 64, 3);
        fixedRange(network, "a").convWithoutBias("normalized", 64, 3).batchNorm("norm");
        fixedRange(network, "b").conv("clamped", 64, 3).relu("relu");
        fixedRange(network, "c").conv("fused", 64, 3, Activation.RELU6);
        fixedRange(network, "d").conv("linear", 64, 3).conv("twice", 64, 3);
        int skipped = network.tensor();
        Graph graph = fixedRange(network, "e")
                .add("sum", skipped)
                .mean()
                .dense("head", 64)
                .softmax()
                .build();
        Graph usual = Initialization.initialize(graph, Initializers.STANDARD, 1);
        Graph glorot = Initialization.initialize(graph, Initializers.ALL.get("glorot-normal"), 1);
        Graph he = Initialization.initialize(graph, Initializers.ALL.get("he-normal"), 1);
        for (String name : List.of("saturating", "normalized")) {
            assertThat(tensor(usual, name + "/weights")).as(name).isEqualTo(tensor(glorot, name + "/weights"));
        }
        for (String name : List.of("clamped", "fused", "linear", "twice", "head")) {
            assertThat(tensor(usual, name + "/weights")).as(name).isEqualTo(tensor(he, name + "/weights"));
        }
    }

    @Test
    void theSameSeedGivesTheSameWeights() {
        assertThat(initialize(GRAPH, 3)).isEqualTo(initialize(GRAPH, 3));
    }

    @Test
    void seedsAndTensorsHaveStreamsOfTheirOwn() {
        Graph twice = new FloatNetwork(8, 8, 4)
                .conv("first", 4, 3)
                .conv("second", 4, 3)
                .build();
        Graph initialized = initialize(twice, 3);
        assertThat(tensor(initialized, "first/weights").float32Data())
                .isNotEqualTo(tensor(initialized, "second/weights").float32Data())
                .isNotEqualTo(tensor(initialize(twice, 4), "first/weights").float32Data());
    }

    @Test
    void everythingElseStays() {
        Graph before = new FloatNetwork(8, 8, 4)
                .conv("conv", 4, 3)
                .batchNorm("norm")
                .mean()
                .dense("dense", 3)
                .build();
        Graph after = initialize(before, 3);
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

    private static FloatNetwork fixedRange(FloatNetwork network, String name) {
        return network.node(name, Softmax.INSTANCE, new SoftmaxParams(1));
    }

    private static Graph initialize(Graph graph, long seed) {
        return Initialization.initialize(graph, Initializers.STANDARD, seed);
    }
}
