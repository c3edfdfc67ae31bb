package org.tinytune.core.op.slide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.DspBlock;
import org.tinytune.core.op.FrontEnd;
import org.tinytune.core.op.Operators;
import org.tinytune.core.op.Padding;
import org.tinytune.core.op.conv2d.Conv2dParams;
import org.tinytune.core.sim.Simulator;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.testing.RandomGraphs;
import org.tinytune.core.testing.RandomWindows;

class ContinuousGraphTest {
    private static final int MAX_FFT_LENGTH = 32;
    private static final int SEEDS = 8;
    private static final int STEPS_BEYOND = 5;

    static List<DspBlock<?>> framers() {
        return RandomWindows.FRAMERS;
    }

    @ParameterizedTest
    @MethodSource("framers")
    void onceTheWindowIsFullOutputsAreThoseOfTheWholeWindow(DspBlock<?> block) {
        int compared = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            Graph model = RandomWindows.model(block, MAX_FFT_LENGTH, seed);
            for (int hop : hops(model)) {
                assertEqualsTheWholeWindow(model, ContinuousGraph.of(model, hop), seed);
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(SEEDS);
    }

    @Test
    void soDoesANetworkOnReadingsWithoutBlocks() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Graph model = FrontEnd.network(readings(seed));
            assertEqualsTheWholeWindow(model, ContinuousGraph.of(model, 1), seed);
            assertEqualsTheWholeWindow(
                    model, ContinuousGraph.of(model, model.input().shape().rows() - 1), seed);
        }
    }

    /** A model whose network takes {@code [1, samples, 1, channels]}. */
    private static Graph readings(long seed) {
        for (long s = seed; ; s += SEEDS) {
            Graph model = RandomWindows.model(RandomWindows.FRAMERS.get(0), MAX_FFT_LENGTH, s);
            Shape features = FrontEnd.network(model).input().shape();
            if (features.dim(2) == 1 && features.rows() > 1) {
                return model;
            }
        }
    }

    private static List<Integer> hops(Graph model) {
        int granularity = ContinuousGraph.granularity(model);
        int rows = model.input().shape().rows();
        List<Integer> hops = new ArrayList<>();
        for (int hop : new int[] {granularity, 2 * granularity, ContinuousGraph.usualHop(model)}) {
            if (hop < rows && slides(model, hop)) {
                hops.add(hop);
            }
        }
        return hops;
    }

    private static boolean slides(Graph model, int hop) {
        try {
            ContinuousGraph.of(model, hop);
            return true;
        } catch (TinytuneException e) {
            assertThat(e).hasMessageContaining("share nothing");
            return false;
        }
    }

    private static void assertEqualsTheWholeWindow(Graph model, ContinuousGraph continuous, long seed) {
        Graph graph = continuous.graph();
        assertThat(graph.input().shape().rows()).isEqualTo(continuous.hop());
        assertThat(graph.metadata().steps()).isEqualTo(continuous.steps());
        Simulator whole = Simulator.of(model);
        Simulator step = Simulator.of(graph);
        int hopBytes = graph.input().bytes();
        byte[] stream = RandomWindows.noise((continuous.steps() + STEPS_BEYOND) * hopBytes, seed);
        int end = 0;
        for (int s = 1; s <= continuous.steps() + STEPS_BEYOND; s++) {
            byte[] output = step.run(Arrays.copyOfRange(stream, end, end + hopBytes));
            end += hopBytes;
            if (s >= continuous.steps()) {
                int begin = end - continuous.windowRows() * graph.input().rowBytes();
                byte[] window = Arrays.copyOf(
                        Arrays.copyOfRange(stream, begin, end), model.input().bytes());
                assertThat(output)
                        .as("seed %d, hop %d, step %d", seed, continuous.hop(), s)
                        .isEqualTo(whole.run(window));
            }
        }
        byte[] window = RandomWindows.noise(model.input().bytes(), seed + 1);
        step.reset();
        byte[] last = null;
        for (byte[] input : continuous.stepsOf(window)) {
            last = step.run(input);
        }
        assertThat(last).isEqualTo(whole.run(window));
    }

    @Test
    void computesOnlyTheNewFrames() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Graph model = RandomWindows.model(RandomWindows.FRAMERS.get(0), MAX_FFT_LENGTH, seed);
            int frames = FrontEnd.network(model).input().shape().rows();
            if (frames > 1) {
                Graph graph = ContinuousGraph.of(model, ContinuousGraph.granularity(model))
                        .graph();
                assertThat(graph.nodes().stream()
                                .filter(node -> node.operator() instanceof DspBlock)
                                .map(node -> graph.tensor(node.output()).shape().rows()))
                        .containsOnly(1);
            }
        }
    }

    @Test
    void aHopThatIsNoneIsRefused() {
        Graph model = readings(1);
        int rows = model.input().shape().rows();
        int granularity = ContinuousGraph.granularity(model);
        for (int hop : new int[] {0, -granularity, rows, granularity * rows}) {
            assertThatThrownBy(() -> ContinuousGraph.of(model, hop))
                    .isInstanceOfSatisfying(
                            TinytuneException.class,
                            e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
                    .hasMessage("a window of " + rows + " rows cannot move on by " + hop + " (take a multiple of "
                            + granularity + " below that)");
        }
    }

    @Test
    void aHopOfMoreFramesThanTheWindowHasIsRefused() {
        int refused = 0;
        for (DspBlock<?> block : RandomWindows.FRAMERS) {
            for (long seed = 0; seed < 40; seed++) {
                Graph model = RandomWindows.model(block, 64, seed);
                int frames = FrontEnd.network(model).input().shape().rows();
                int hop = (frames + 1) * ContinuousGraph.granularity(model);
                if (frames > 1 && hop < model.input().shape().rows()) {
                    assertThatThrownBy(() -> ContinuousGraph.of(model, hop))
                            .isInstanceOfSatisfying(
                                    TinytuneException.class,
                                    e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
                            .hasMessageContaining("share nothing");
                    refused++;
                }
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void whatHasNoWindowIsRefused() {
        Conv2dParams params = Conv2dParams.of(1, Padding.SAME, Activation.NONE);
        Graph image = RandomGraphs.convolution(Shape.of(1, 9, 9, 4), 1, params, new int[] {3, 3}, 2);
        assertThatThrownBy(() -> ContinuousGraph.of(image, 1))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("no window [1, moments, 1, channels]");
        Graph sequence = RandomGraphs.single(Operators.byName("SVDF").orElseThrow(), 1);
        assertThatThrownBy(() -> ContinuousGraph.of(sequence, 1))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("remembers its inputs");
        assertThat(ContinuousGraph.isContinuous(RandomWindows.slide(ElementType.INT8, 1)))
                .isTrue();
        assertThat(ContinuousGraph.isContinuous(image)).isFalse();
    }
}
