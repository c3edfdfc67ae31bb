package org.tinytune.runtimegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.Padding;
import org.tinytune.core.op.depthwiseconv.DepthwiseConv2dParams;
import org.tinytune.core.plan.Planner;
import org.tinytune.core.plan.TargetCosts;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.testing.RandomGraphs;

/** The depthwise kernel for windows of 3 by 3, on every kind of border and clamp, whole and row by row in rings. */
class DepthwiseConv3x3Test {
    private static final CTarget TARGET = CTarget.ARMV7EM;
    private static final TargetCosts COSTS = new CTargetCosts(TARGET);
    private static final List<Integer> EXTENTS = List.of(3, 4, 5, 6, 7, 8);

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(
            value = Machine.class,
            names = {"HOST_SANITIZED", "CORTEX_M4"})
    void equalsTheSimulator(Machine machine) {
        CHarness harness = new CHarness();
        long seed = 0;
        for (int stride = 1; stride <= 2; stride++) {
            for (Activation activation : List.of(Activation.RELU, Activation.RELU6)) {
                add(harness, 7, 8 - stride, 8, stride, Padding.SAME, activation, seed++);
            }
        }
        add(harness, 1, 1, 4, 1, Padding.SAME, Activation.NONE, seed);
        harness.assertEqualOn(machine, TARGET, folder);
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource(
            value = Machine.class,
            names = {"HOST_SANITIZED", "CORTEX_M4"})
    void equalsTheSimulatorOnEveryBorder(Machine machine) {
        CHarness harness = new CHarness();
        long seed = 0;
        for (Padding padding : Padding.values()) {
            for (int stride = 1; stride <= 2; stride++) {
                for (Activation activation : List.of(Activation.NONE, Activation.RELU, Activation.RELU6)) {
                    for (int i = 0; i < 2; i++) { // an even width and an odd one
                        int width = EXTENTS.get((int) (seed % EXTENTS.size()));
                        int height = EXTENTS.get((int) (seed / 2 % EXTENTS.size()));
                        int channels = 4 + 4 * (int) (seed % 3);
                        add(harness, height, width, channels, stride, padding, activation, seed++);
                    }
                }
            }
        }
        for (int extent = 1; extent <= 2; extent++) {
            for (int stride = 1; stride <= 2; stride++) {
                add(harness, extent, extent, 8, stride, Padding.SAME, Activation.NONE, seed++);
            }
        }
        harness.assertEqualOn(machine, TARGET, folder);
    }

    /** The same graph as a whole, and row by row in rings. */
    private static void add(
            CHarness harness,
            int height,
            int width,
            int channels,
            int stride,
            Padding padding,
            Activation activation,
            long seed) {
        Graph graph = graph(height, width, channels, stride, padding, activation, seed);
        String name = height + "x" + width + " stride " + stride + " " + padding + " " + activation;
        harness.add(name, graph, Planner.wholeTensors(graph, COSTS, TARGET.alignment()));
        harness.add(name + " streamed", graph, StreamedPlans.of(graph, COSTS));
    }

    @Test
    void servesChannelsInFours() {
        for (int channels = 1; channels <= 9; channels++) {
            Graph graph = graph(5, 5, channels, 1, Padding.SAME, Activation.RELU, channels);
            String first = COSTS.variants(graph, graph.nodes().get(1)).get(0);
            assertThat(first.equals("3x3")).as("of %d channels", channels).isEqualTo(channels % 4 == 0);
        }
    }

    private static Graph graph(
            int height, int width, int channels, int stride, Padding padding, Activation activation, long seed) {
        return RandomGraphs.depthwise3x3(
                Shape.of(1, height, width, channels),
                DepthwiseConv2dParams.of(stride, padding, activation),
                activation == Activation.RELU ? Byte.MIN_VALUE : 7, // -128: saturation is all that clamps
                seed);
    }
}
