package org.tinytune.runtimegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.Padding;
import org.tinytune.core.op.conv2d.Conv2dParams;
import org.tinytune.core.plan.Planner;
import org.tinytune.core.plan.TargetCosts;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.testing.RandomGraphs;

/**
 * The kernels that compute channels in groups of four and taps in rounds, of which a first one may be cut: on every
 * number of taps and channels that makes a difference, and every clamp.
 */
class GroupsOfChannelsTest {
    private static final List<Activation> ACTIVATIONS = List.of(Activation.RELU, Activation.NONE, Activation.RELU6);

    /** Around whole rounds of 32 taps, and of what is widened in advance. */
    private static final List<Integer> TAPS =
            List.of(1, 3, 4, 5, 8, 12, 16, 17, 28, 31, 32, 33, 36, 40, 64, 100, 255, 256, 257, 260, 264, 288, 301);

    private static final List<Integer> CHANNELS = List.of(1, 4, 6, 15, 16, 19);

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"ARMV7EM, HOST", "ARMV7EM, CORTEX_M4"})
    void equalTheSimulator(CTarget target, Machine machine) {
        CHarness harness = new CHarness();
        for (int i = 0; i < 6; i++) {
            addConvolution(harness, target, 4 * (1 + 2 * i), i);
            addDense(harness, target, TAPS.get(4 * i), i);
        }
        harness.assertEqualOn(machine, target, folder);
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({
        "ARMV7EM, HOST_SANITIZED",
        "ARMV7EM, CORTEX_M4",
        "PORTABLE, HOST_SANITIZED",
        "ARMV6M, CORTEX_M0",
        "HELIUM, CORTEX_M55"
    })
    void equalTheSimulatorForEveryNumberOfTaps(CTarget target, Machine machine) {
        CHarness harness = new CHarness();
        int step = target == CTarget.ARMV7EM ? 1 : 3; // its kernels are those that jump into a round of taps
        for (int i = 0; i < TAPS.size(); i += step) {
            addConvolution(harness, target, TAPS.get(i), i);
            addDense(harness, target, TAPS.get(i), i);
            addDense(harness, target, TAPS.get(i), i + 1);
        }
        harness.assertEqualOn(machine, target, folder);
    }

    /** Of pixels of so many taps, an odd number of them, which ends in a position alone; and a window of four. */
    private static void addConvolution(CHarness harness, CTarget target, int taps, int seed) {
        Activation activation = ACTIVATIONS.get(seed % ACTIVATIONS.size());
        int channels = CHANNELS.get(seed % CHANNELS.size());
        Conv2dParams params = Conv2dParams.of(1, Padding.VALID, activation);
        for (int extent = 1; extent <= 2; extent++) {
            Graph graph = RandomGraphs.convolution(
                    Shape.of(1, 2 + extent, 1 + 2 * extent, taps), seed, params, new int[] {extent, extent}, channels);
            add(harness, taps + " taps, " + extent + ", " + channels + " channels, " + activation, graph, target);
        }
    }

    private static void addDense(CHarness harness, CTarget target, int taps, int seed) {
        Activation activation = ACTIVATIONS.get(seed % ACTIVATIONS.size());
        int channels = CHANNELS.get((seed + taps) % CHANNELS.size());
        Graph graph = RandomGraphs.dense(Shape.of(1 + seed % 2, taps), seed, activation, channels);
        String name = taps + " taps, dense, " + channels + " channels, " + activation;
        String tensor = graph.output().name();
        for (String variant : variants(graph, target)) {
            KernelChoice choice = KernelChoice.NONE.with(tensor, variant);
            Graph chosen = graph.withMetadata(choice.storedIn(graph.metadata(), target));
            add(harness, name + ", variant '" + variant + "'", chosen, target);
        }
    }

    private static List<String> variants(Graph graph, CTarget target) {
        return new CTargetCosts(target).variants(graph, graph.nodes().get(0));
    }

    private static void add(CHarness harness, String name, Graph graph, CTarget target) {
        TargetCosts costs = new CTargetCosts(target);
        harness.add(name, graph, Planner.plan(graph, costs, target.alignment()));
    }

    @Test
    void widensTheTapsOfADenseLayerThatManyChannelsShare() {
        assertThat(scratchBytes(dense(256, 16), "widened")).isEqualTo(512);
        assertThat(scratchBytes(dense(5, 16), "widened")).isEqualTo(16);
        assertThat(variants(dense(257, 16), CTarget.ARMV7EM)).doesNotContain("widened");
        assertThat(variants(dense(256, 15), CTarget.ARMV7EM)).doesNotContain("widened");
        // Where there is no room for that, each four channels widen them anew.
        assertThat(variants(dense(256, 16), CTarget.ARMV7EM)).startsWith("widened", "pairs");
        assertThat(scratchBytes(dense(256, 16), "pairs")).isZero();
    }

    /** One whose sums are exact on pairs. */
    private static Graph dense(int taps, int channels) {
        return LongStream.range(1, 100)
                .mapToObj(seed -> RandomGraphs.dense(Shape.of(1, taps), seed, Activation.RELU, channels))
                .filter(graph -> variants(graph, CTarget.ARMV7EM).contains("pairs"))
                .findFirst()
                .orElseThrow();
    }

    private static int scratchBytes(Graph graph, String variant) {
        return new CTargetCosts(CTarget.ARMV7EM)
                .scratchBytes(graph, graph.nodes().get(0), variant);
    }
}
