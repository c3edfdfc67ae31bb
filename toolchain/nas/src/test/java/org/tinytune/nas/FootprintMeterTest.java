package org.tinytune.nas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tinytune.core.board.Board;
import org.tinytune.core.board.Boards;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;
import org.tinytune.core.testing.InstalledTools;

class FootprintMeterTest {
    private static final Shape IMAGE = Shape.of(1, 8, 8, 1);
    private static final Shape VECTOR = Shape.of(1, 24);

    /** The first networks of a shape whose bounds any board's address space holds. */
    private static List<Long> seeds(Shape shape, int count) {
        FootprintMeter uno = new FootprintMeter(Boards.byId("arduino-uno"), false);
        return LongStream.range(100, 1000)
                .filter(seed -> {
                    Footprint bounds = uno.measure(RandomNetworks.skeleton(shape, seed));
                    return bounds.flashBytes() < 32_000 && bounds.ramBytes() < 2000;
                })
                .limit(count)
                .boxed()
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"arduino-uno, 1", "qemu-microbit, 1", "qemu-mps2-an386, 1"})
    void boundsAreNeverBelowLinkedSizes(String id, int networks) {
        assertBounded(id, networks);
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"arduino-uno, 16", "qemu-microbit, 6", "qemu-mps2-an386, 6"})
    void boundsAreNeverBelowLinkedSizesOfMore(String id, int networks) {
        assertBounded(id, networks);
    }

    private static void assertBounded(String id, int networks) {
        Board board = Boards.byId(id);
        InstalledTools.assumeCompilerOf(board);
        FootprintMeter estimating = new FootprintMeter(board, false);
        FootprintMeter linking = new FootprintMeter(board);
        assertThat(linking.isLinked()).isTrue();
        for (Shape shape : List.of(IMAGE, VECTOR)) {
            for (long seed : seeds(shape, networks)) {
                Graph graph = RandomNetworks.skeleton(shape, seed);
                Footprint bounds = estimating.measure(graph);
                Footprint linked = linking.measure(graph);
                String name = shape + " seed " + seed + " on " + id;

                assertThat(bounds.linked()).isFalse();
                assertThat(linked.linked()).isTrue();
                assertThat(bounds.ramBytes()).as("RAM of %s", name).isGreaterThanOrEqualTo(linked.ramBytes());
                assertThat(bounds.flashBytes()).as("flash of %s", name).isGreaterThanOrEqualTo(linked.flashBytes());
                assertThat(linked.ramBytes()).as("RAM of %s", name).isGreaterThan(linked.arenaBytes());
                assertThat(bounds.arenaBytes()).isEqualTo(linked.arenaBytes());
                assertThat(bounds.latency()).isEqualTo(linked.latency());
                assertThat(bounds.macs()).isEqualTo(graph.macs());
            }
        }
    }

    @Test
    void sizesOnAnAvrDoNotDependOnTheValuesOfWeights() {
        assertSizesOfStructure("arduino-uno", IMAGE);
    }

    @Test
    void sizesOnAnArmDoNotDependOnTheValuesOfWeights() {
        assertSizesOfStructure("qemu-mps2-an386", VECTOR);
    }

    private static void assertSizesOfStructure(String id, Shape shape) {
        Board board = Boards.byId(id);
        InstalledTools.assumeCompilerOf(board);
        FootprintMeter meter = new FootprintMeter(board, true);
        long seed = seeds(shape, 3).get(2);
        Footprint skeleton = meter.measure(RandomNetworks.skeleton(shape, seed, 0));
        Graph other = RandomNetworks.skeleton(shape, seed, 1);

        assertThat(other).isNotEqualTo(RandomNetworks.skeleton(shape, seed, 0));
        assertThat(meter.measure(other)).isEqualTo(skeleton);
    }

    @Test
    void channelsThatALibraryLeavesOutDoNotCount() {
        Board board = Boards.byId("arduino-uno");
        FootprintMeter meter = new FootprintMeter(board, false);
        Graph graph = RandomNetworks.skeleton(IMAGE, seeds(IMAGE, 1).get(0));
        Footprint whole = meter.measure(graph);
        Footprint dead = meter.measure(withDeadChannels(graph));

        assertThat(dead.ramBytes()).isLessThanOrEqualTo(whole.ramBytes());
        assertThat(dead.flashBytes()).isLessThan(whole.flashBytes());
        assertThat(dead.macs()).isLessThan(whole.macs());
    }

    /** The graph with the first half of all weights 0, as training may leave them. */
    private static Graph withDeadChannels(Graph graph) {
        List<Tensor> tensors = new ArrayList<>(graph.tensors());
        tensors.replaceAll(tensor -> {
            if (!tensor.isConstant() || tensor.type() != ElementType.INT8) {
                return tensor;
            }
            byte[] weights = tensor.int8Data().clone();
            Arrays.fill(weights, 0, weights.length / 2, (byte) 0);
            return tensor.withData(TensorData.of(weights));
        });
        return new Graph(tensors, graph.nodes(), graph.inputs(), graph.outputs(), graph.metadata());
    }

    @Test
    void energyIsTheBoardsPowerOverTheLatency() {
        Board board = Boards.byId("arduino-uno");
        Footprint footprint = new FootprintMeter(board, false).measure(RandomNetworks.skeleton(VECTOR, 1));

        assertThat(footprint.energyMicrojoules())
                .isPositive()
                .isEqualTo(board.power().microjoules(footprint.latency().micros()));
    }

    /** A network that has faster kernels than those with the least RAM. */
    private static Graph networkWithAChoice(Board board) {
        return LongStream.range(100, 1000)
                .mapToObj(seed -> RandomNetworks.skeleton(IMAGE, seed))
                .filter(graph -> ram(graph, new FootprintMeter(board, false).withinRam(0))
                        < ram(graph, new FootprintMeter(board, false)))
                .findFirst()
                .orElseThrow();
    }

    private static long ram(Graph graph, FootprintMeter meter) {
        return meter.measure(graph).ramBytes();
    }

    @Test
    void plansWithinTheLimitOfRam() {
        Board board = Boards.byId("qemu-microbit");
        FootprintMeter whole = new FootprintMeter(board, false);
        Graph graph = networkWithAChoice(board);
        Footprint fast = whole.measure(graph);
        FootprintMeter tight = whole.withinRam(fast.ramBytes() - 1);
        assertThat(tight.measure(graph).ramBytes()).isLessThan(fast.ramBytes());
        assertThat(tight.plan(graph).concessions()).isNotEmpty();
        assertThat(whole.withinRam(fast.ramBytes()).measure(graph)).isEqualTo(fast);
    }

    @Test
    void kernelsThatGaveWayToALimitStayWithTheModel() {
        Board board = Boards.byId("qemu-microbit");
        FootprintMeter whole = new FootprintMeter(board, false);
        Graph graph = networkWithAChoice(board);
        long limit = ram(graph, whole) - 1;
        Graph kept = whole.withinRam(limit).withKernels(graph);
        assertThat(ram(kept, whole)).isLessThanOrEqualTo(limit);
        assertThat(whole.withinRam(limit + 1).withKernels(graph)).isSameAs(graph);
        assertThat(whole.withKernels(graph)).isSameAs(graph);
    }
}
