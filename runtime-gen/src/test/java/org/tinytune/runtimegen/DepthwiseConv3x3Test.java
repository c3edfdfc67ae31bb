package org.tinytune.runtimegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Node;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.Padding;
import org.tinytune.core.op.depthwiseconv.DepthwiseConv2dParams;
import org.tinytune.core.plan.Planner;
import org.tinytune.core.plan.TargetCosts;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.testing.RandomGraphs;

/** The depthwise kernels for windows of 3 by 3, on every kind of border and clamp, whole and row by row in rings. */
class DepthwiseConv3x3Test {
    private static final List<Activation> ACTIVATIONS = List.of(Activation.NONE, Activation.RELU, Activation.RELU6);

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "ARMV7EM, HOST",
        "ARMV7EM, CORTEX_M4",
        "PORTABLE, HOST",
        "ARMV6M, CORTEX_M0",
        "HELIUM, HOST",
        "HELIUM, CORTEX_M55"
    })
    void equalsTheSimulator(CTarget target, Machine machine) {
        Graph graph = RandomGraphs.depthwise3x3(
                Shape.of(1, 11, 12, 8),
                1,
                DepthwiseConv2dParams.of(1, Padding.SAME, Activation.RELU),
                DepthwiseConv2dParams.of(1, Padding.VALID, Activation.RELU6),
                DepthwiseConv2dParams.of(2, Padding.SAME, Activation.RELU),
                DepthwiseConv2dParams.of(2, Padding.VALID, Activation.NONE));
        CHarness harness = new CHarness();
        add(harness, "one of each kind", graph, target);
        harness.assertEqualOn(machine, target, folder);
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({
        "ARMV7EM, HOST_SANITIZED",
        "ARMV7EM, CORTEX_M4",
        "PORTABLE, HOST_SANITIZED",
        "PORTABLE, CORTEX_M3",
        "ARMV6M, HOST_SANITIZED",
        "ARMV6M, CORTEX_M0",
        "HELIUM, HOST_SANITIZED",
        "HELIUM, CORTEX_M55"
    })
    void equalsTheSimulatorOnEveryBorder(CTarget target, Machine machine) {
        CHarness harness = new CHarness();
        for (int seed = 0; seed < 12; seed++) {
            int channels = target.hasPairs() ? 4 + 4 * (seed % 3) : 1 + seed;
            Shape input = Shape.of(1, 3 + seed / 2 % 6, 3 + seed % 6, channels);
            DepthwiseConv2dParams[] layers = {
                DepthwiseConv2dParams.of(1, Padding.SAME, Activation.RELU),
                DepthwiseConv2dParams.of(1, Padding.SAME, Activation.RELU6),
                DepthwiseConv2dParams.of(
                        1 + seed / 2 % 2,
                        seed % 2 == 0 ? Padding.SAME : Padding.VALID,
                        ACTIVATIONS.get(seed % ACTIVATIONS.size()))
            };
            add(harness, input + ", " + layers[2], RandomGraphs.depthwise3x3(input, seed, layers), target);
        }
        for (int extent = 1; extent <= 2; extent++) {
            DepthwiseConv2dParams[] layers = {
                DepthwiseConv2dParams.of(1, Padding.SAME, Activation.NONE),
                DepthwiseConv2dParams.of(1, Padding.SAME, Activation.RELU),
                DepthwiseConv2dParams.of(2, Padding.SAME, Activation.NONE)
            };
            Shape input = Shape.of(1, extent, extent, 8);
            add(harness, input.toString(), RandomGraphs.depthwise3x3(input, extent, layers), target);
        }
        harness.assertEqualOn(machine, target, folder);
    }

    private static void add(CHarness harness, String name, Graph graph, CTarget target) {
        TargetCosts costs = new CTargetCosts(target);
        harness.add(name, graph, Planner.wholeTensors(graph, costs, target.alignment()));
        harness.add(name + ", streamed", graph, StreamedPlans.of(graph, costs));
    }

    @Test
    void servesChannelsInFoursOnPairsAndAnyByBlocks() {
        TargetCosts pairs = new CTargetCosts(CTarget.ARMV7EM);
        TargetCosts blocks = new CTargetCosts(CTarget.ARMV6M);
        for (int channels = 1; channels <= 9; channels++) {
            DepthwiseConv2dParams params = DepthwiseConv2dParams.of(1, Padding.SAME, Activation.RELU);
            Graph graph = RandomGraphs.depthwise3x3(Shape.of(1, 5, 5, channels), channels, params);
            Node<?> node = graph.nodes().get(1);
            assertThat(pairs.variants(graph, node).contains("3x3"))
                    .as("of %d channels", channels)
                    .isEqualTo(channels % 4 == 0);
            assertThat(blocks.variants(graph, node).get(0))
                    .as("of %d channels", channels)
                    .isEqualTo("blocks");
        }
    }
}
