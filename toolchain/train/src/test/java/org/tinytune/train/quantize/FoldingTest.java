package org.tinytune.train.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.Padding;
import org.tinytune.core.op.batchnorm.BatchNorm;
import org.tinytune.core.op.batchnorm.BatchNormParams;
import org.tinytune.core.op.conv2d.Conv2d;
import org.tinytune.core.op.conv2d.Conv2dParams;
import org.tinytune.core.op.fullyconnected.FullyConnected;
import org.tinytune.core.op.fullyconnected.FullyConnectedParams;
import org.tinytune.core.tensor.Shape;
import org.tinytune.train.FloatNetwork;
import org.tinytune.train.Runs;

class FoldingTest {
    /**
     * Rounding of the two ways to compute the same: some hundred terms of magnitude 1, each rounded to 2^-24 of itself,
     * then scaled by up to 1.5 / √0.011 = 14.
     */
    private static final float BOUND = 2e-4f;

    private static final Offset<Float> NEAR = Offset.offset(1e-5f);

    static List<Graph> graphs() {
        return List.of(
                new FloatNetwork(5, 4, 3).conv("conv", 6, 3).batchNorm("norm").build(),
                new FloatNetwork(5, 4, 3)
                        .convWithoutBias("conv", 6, 3)
                        .batchNorm("norm")
                        .relu("relu")
                        .build(),
                new FloatNetwork(5, 4, 3)
                        .depthwise("depthwise", 3, 2)
                        .batchNorm("norm")
                        .relu6("relu6")
                        .build(),
                new FloatNetwork(17).dense("dense", 9).batchNorm("norm").build(),
                new FloatNetwork(5, 4, 3)
                        .convWithoutBias("conv", 6, 3)
                        .dropout("dropout1", 0.5f)
                        .batchNorm("norm1")
                        .dropout("dropout2", 0.5f)
                        .relu("relu")
                        .depthwise("depthwise", 3, 1)
                        .batchNorm("norm2")
                        .mean()
                        .dropout("dropout3", 0.2f)
                        .dense("logits", 4)
                        .softmax()
                        .build());
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void theFoldedNetworkComputesWhatFrozenAveragesGive(Graph graph) {
        Graph folded = Folding.fold(graph);
        assertThat(FloatNetwork.operators(folded)).doesNotContain("BATCH_NORM", "DROPOUT", "RELU", "RELU6");
        for (long seed = 0; seed < 20; seed++) {
            float[] input = Runs.input(graph, seed);
            assertThat(Runs.infer(folded, input))
                    .as("%s, seed %d", FloatNetwork.operators(graph), seed)
                    .containsExactly(Runs.infer(graph, input), Offset.offset(BOUND));
        }
    }

    /** Per channel: w · γ / √(σ² + 0.001), and (b - μ) · γ / √(σ² + 0.001) + β. */
    @Test
    void weightsAndBiasByHand() {
        FloatNetwork network = new FloatNetwork(2);
        int weights = network.constant("weights", Shape.of(2, 2), 1, 2, -3, 4);
        int bias = network.constant("bias", Shape.of(2), 0.5f, -1);
        Graph graph = network.node(
                        "dense", FullyConnected.INSTANCE, new FullyConnectedParams(Activation.NONE), weights, bias)
                .node(
                        "norm",
                        BatchNorm.INSTANCE,
                        BatchNormParams.standard(),
                        network.constant("gamma", Shape.of(2), 2, -1),
                        network.constant("beta", Shape.of(2), 0.25f, 3),
                        network.constant("mean", Shape.of(2), 1.5f, 2),
                        network.constant("variance", Shape.of(2), 3.999f, 0.249f))
                .build();
        Graph folded = Folding.fold(graph);
        // Standard deviations 2 and 0.5, so factors 1 and -2.
        assertThat(FloatNetwork.values(folded, "weights/folded")).containsExactly(new float[] {1, 2, 6, -8}, NEAR);
        assertThat(FloatNetwork.values(folded, "bias/folded")).containsExactly(new float[] {-0.75f, 9}, NEAR);
    }

    /** Each folds its own norm, so they share no longer. */
    @Test
    void nodesThatShareWeightsMayHaveABatchNormEach() {
        FloatNetwork network = new FloatNetwork(4, 4, 3);
        int weights = network.constant("shared", -0.4, 0.4, 3, 3, 3, 3);
        int bias = network.constant("shared_bias", -0.4, 0.4, 3);
        Conv2dParams params = Conv2dParams.of(1, Padding.SAME, Activation.NONE);
        Graph graph = network.node("first", Conv2d.INSTANCE, params, weights, bias)
                .batchNorm("norm1")
                .node("second", Conv2d.INSTANCE, params, weights, bias)
                .batchNorm("norm2")
                .node("third", Conv2d.INSTANCE, params, weights)
                .batchNorm("norm3")
                .node("fourth", Conv2d.INSTANCE, params, weights)
                .build();
        Graph folded = Folding.fold(graph);
        assertThat(FloatNetwork.operators(folded)).containsOnly("CONV_2D").hasSize(4);
        float[] input = Runs.input(graph, 1);
        float[] expected = Runs.infer(graph, input);
        float greatest = 0;
        for (float value : expected) {
            greatest = Math.max(greatest, Math.abs(value));
        }
        assertThat(Runs.infer(folded, input)).containsExactly(expected, Offset.offset(1e-5f * greatest));
        Graph qat = QatGraph.quantizeActivations(folded, Calibration.guess(folded));
        assertThat(QatGraph.export(qat).nodes()).hasSize(4);
    }

    @Test
    void nothingToFoldLeavesTheGraphAsItIs() {
        Graph graph = new FloatNetwork(4, 4, 2).conv("conv", 3, 3).mean().build();
        assertThat(Folding.fold(graph)).isEqualTo(graph);
    }

    @Test
    void batchNormBehindAClampIsRefused() {
        assertRefused(
                new FloatNetwork(4, 4, 2).conv("conv", 3, 3, Activation.RELU).batchNorm("norm"));
    }

    @Test
    void batchNormBehindSomethingWithoutWeightsIsRefused() {
        assertRefused(new FloatNetwork(4, 4, 2).mean().batchNorm("norm"));
    }

    @Test
    void batchNormOfTheInputIsRefused() {
        assertRefused(new FloatNetwork(4, 4, 2).batchNorm("norm"));
    }

    @Test
    void batchNormOfWhatOthersReadIsRefused() {
        FloatNetwork network = new FloatNetwork(4, 4, 2).conv("conv", 3, 3);
        int read = network.tensor();
        assertRefused(network.batchNorm("norm").add("sum", read));
    }

    private static void assertRefused(FloatNetwork network) {
        Graph graph = network.build();
        assertThatThrownBy(() -> Folding.fold(graph))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("'norm' (BATCH_NORM) must follow");
    }
}
