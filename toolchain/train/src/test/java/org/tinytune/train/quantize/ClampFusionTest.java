package org.tinytune.train.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.conv2d.Conv2dParams;
import org.tinytune.train.FloatNetwork;
import org.tinytune.train.Runs;

class ClampFusionTest {
    @Test
    void aClampBecomesPartOfWhatIsInFrontOfIt() {
        Graph graph = new FloatNetwork(4, 4, 2)
                .conv("conv", 3, 3)
                .relu6("clamped")
                .mean()
                .dense("logits", 2)
                .build();
        Graph fused = ClampFusion.fuse(graph);
        assertThat(FloatNetwork.operators(fused)).containsExactly("CONV_2D", "MEAN", "FULLY_CONNECTED");
        assertThat(((Conv2dParams) fused.nodes().get(0).params()).activation()).isEqualTo(Activation.RELU6);
        assertThat(fused.tensor(fused.nodes().get(0).output()).name()).isEqualTo("clamped");
        assertThat(fused.tensors()).noneMatch(tensor -> tensor.name().equals("conv"));
        assertSame(fused, graph);
    }

    @Test
    void aClampWithoutAnythingToFuseWithStays() {
        Graph graph =
                new FloatNetwork(4, 4, 2).relu("first").mean().relu("second").build();
        assertThat(FloatNetwork.operators(ClampFusion.fuse(graph))).containsExactly("RELU", "MEAN", "RELU");
    }

    @Test
    void whatIsClampedAlreadyTakesNoOther() {
        Graph graph = new FloatNetwork(4, 4, 2)
                .conv("conv", 3, 3)
                .relu("first")
                .relu6("second")
                .build();
        Graph fused = ClampFusion.fuse(graph);
        assertThat(FloatNetwork.operators(fused)).containsExactly("CONV_2D", "RELU6");
        assertThat(((Conv2dParams) fused.nodes().get(0).params()).activation()).isEqualTo(Activation.RELU);
        assertSame(fused, graph);
    }

    @Test
    void whatOthersReadUnclampedIsNotClamped() {
        FloatNetwork network = new FloatNetwork(4, 4, 2).conv("conv", 3, 3);
        int unclamped = network.tensor();
        Graph graph = network.relu("clamped").add("sum", unclamped).relu("end").build();
        Graph fused = ClampFusion.fuse(graph);
        assertThat(FloatNetwork.operators(fused)).containsExactly("CONV_2D", "RELU", "ADD");
        assertSame(fused, graph);
    }

    @Test
    void anOutputOfTheGraphIsNotClamped() {
        Graph graph = new FloatNetwork(4, 4, 2)
                .conv("conv", 3, 3)
                .alsoOutput()
                .relu("clamped")
                .build();
        assertThat(ClampFusion.fuse(graph)).isEqualTo(graph);
    }

    private static void assertSame(Graph fused, Graph graph) {
        float[] input = Runs.input(graph, 1);
        float[] expected = Runs.infer(graph, input);
        assertThat(Runs.infer(fused, input)).isEqualTo(expected);
    }
}
