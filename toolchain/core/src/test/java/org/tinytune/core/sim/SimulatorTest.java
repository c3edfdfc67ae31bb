package org.tinytune.core.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.RowWindow;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.Padding;
import org.tinytune.core.op.Pool2dParams;
import org.tinytune.core.op.averagepool.AveragePool2d;
import org.tinytune.core.op.conv2d.Conv2d;
import org.tinytune.core.op.conv2d.Conv2dParams;
import org.tinytune.core.op.depthwiseconv.DepthwiseConv2d;
import org.tinytune.core.op.depthwiseconv.DepthwiseConv2dParams;
import org.tinytune.core.plan.Plan;
import org.tinytune.core.plan.Plan.Allocation;
import org.tinytune.core.plan.Plan.Step;
import org.tinytune.core.plan.Planner;
import org.tinytune.core.plan.TargetCosts;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;
import org.tinytune.core.testing.RandomGraphs;

class SimulatorTest {
    @Test
    void thePackedArenaChangesNoByteOfAnyOperator() {
        for (long seed = 0; seed < 300; seed++) {
            Graph graph = RandomGraphs.networkOfAnyOrigin(seed);
            List<byte[]> inputs = RandomGraphs.inputs(graph, seed);
            Map<Integer, byte[]> packed = new HashMap<>();
            Map<Integer, byte[]> apart = new HashMap<>();
            List<Integer> nodes = new ArrayList<>();
            List<byte[]> output = Simulator.of(graph).run(inputs, (node, tensor, bytes) -> {
                nodes.add(node);
                packed.put(tensor, bytes);
            });
            new Simulator(PreparedKernels.of(graph), everyTensorApart(graph))
                    .run(inputs, (node, tensor, bytes) -> apart.put(tensor, bytes));

            assertThat(packed).as("seed %d", seed).hasSameSizeAs(graph.nodes());
            assertThat(nodes).as("seed %d", seed).isSorted();
            packed.forEach((tensor, bytes) -> assertThat(bytes).isEqualTo(apart.get(tensor)));
            assertThat(output.get(0)).isEqualTo(apart.get(graph.outputs().get(0)));
        }
    }

    @Test
    void nothingButStatesLastsFromOneInferenceToTheNext() {
        for (long seed = 0; seed < 100; seed++) {
            Graph graph = RandomGraphs.network(seed);
            List<byte[]> inputs = RandomGraphs.inputs(graph, seed);
            Simulator simulator = Simulator.of(graph);
            List<byte[]> first = simulator.run(inputs, SimulationObserver.NONE);
            simulator.run(RandomGraphs.inputs(graph, seed + 1), SimulationObserver.NONE);
            simulator.reset();

            assertThat(simulator.run(inputs, SimulationObserver.NONE).get(0))
                    .as("seed %d", seed)
                    .isEqualTo(first.get(0));
            assertThat(simulator.another().run(inputs, SimulationObserver.NONE).get(0))
                    .isEqualTo(first.get(0));
        }
    }

    /** Convolution, depthwise convolution and pool, each a few rows behind the one before, over rings of rows. */
    @Test
    void aStreamedPlanGivesTheBytesOfTheWholeTensors() {
        Graph graph = convDepthwisePool();
        Plan streamed = streamed(graph);
        Plan whole = Planner.wholeTensors(graph, TargetCosts.NONE, 1);
        List<byte[]> inputs = RandomGraphs.inputs(graph, 5);
        Map<Integer, byte[]> seen = new HashMap<>();
        List<byte[]> output = new Simulator(PreparedKernels.of(graph), streamed)
                .run(inputs, (node, tensor, bytes) -> seen.put(tensor, bytes));

        Map<Integer, byte[]> expected = new HashMap<>();
        Simulator.of(graph).run(inputs, (node, tensor, bytes) -> expected.put(tensor, bytes));
        assertThat(streamed.arenaBytes()).isLessThan(whole.arenaBytes());
        assertThat(streamed.steps()).hasSizeGreaterThan(20);
        assertThat(seen).hasSize(3);
        expected.forEach((tensor, bytes) -> assertThat(seen.get(tensor)).isEqualTo(bytes));
        assertThat(output.get(0)).isEqualTo(expected.get(graph.outputs().get(0)));
    }

    @Test
    void aRingThatIsTooShortShowsAsWrongBytes() {
        Graph graph = convDepthwisePool();
        Plan plan = streamed(graph);
        int conv = graph.nodes().get(0).output();
        Allocation a = plan.allocation(conv);
        int rowBytes = graph.tensor(conv).rowBytes();
        SortedMap<Integer, Allocation> allocations = new TreeMap<>(plan.allocations());
        int rows = a.ringRows() - 1;
        allocations.put(conv, new Allocation(a.offset(), rows * rowBytes, rows, a.firstStep(), a.lastStep()));
        Plan faulty = Plan.ofSteps(plan.arenaBytes(), plan.lowerBoundBytes(), plan.steps(), allocations);
        byte[] input = RandomGraphs.inputs(graph, 5).get(0);

        assertThat(new Simulator(PreparedKernels.of(graph), faulty).run(input))
                .isNotEqualTo(Simulator.of(graph).run(input));
    }

    @Test
    void refusesInputsThatDoNotFit() {
        Simulator simulator = Simulator.of(convDepthwisePool());

        assertThatThrownBy(() -> simulator.run(new byte[3])).hasMessage("input 'image' has 432 bytes, not 3");
        assertThatThrownBy(() -> simulator.run(List.of(), SimulationObserver.NONE))
                .hasMessage("0 inputs for a model that takes 1");
    }

    @Test
    void refusesAPlanOfAnotherGraph() {
        Graph graph = convDepthwisePool();
        PreparedKernels kernels = PreparedKernels.of(graph);
        Plan plan = Planner.wholeTensors(graph, TargetCosts.NONE, 1);
        List<Step> steps = plan.steps();

        assertThatThrownBy(() -> new Simulator(kernels, withSteps(plan, steps.subList(0, 2))))
                .hasMessage("node 2 runs 0 of its 6 rows");
        List<Step> gap = List.of(new Step(0, 1, 12, "", 0, 0), steps.get(1), steps.get(2));
        assertThatThrownBy(() -> new Simulator(kernels, withSteps(plan, gap)))
                .hasMessage("node 0 runs rows 1 to 12 instead of from 0");
        Plan small = Plan.ofSteps(100, 0, steps, plan.allocations());
        assertThatThrownBy(() -> new Simulator(kernels, small)).hasMessageContaining("does not lie in the arena");
    }

    private static Plan withSteps(Plan plan, List<Step> steps) {
        return Plan.ofSteps(plan.arenaBytes(), plan.lowerBoundBytes(), steps, plan.allocations());
    }

    private static Plan everyTensorApart(Graph graph) {
        SortedMap<Integer, Allocation> allocations = new TreeMap<>();
        int offset = 0;
        for (int i = 0; i < graph.tensors().size(); i++) {
            if (!graph.tensor(i).isConstant()) {
                int bytes = graph.tensor(i).bytes();
                allocations.put(
                        i, new Allocation(offset, bytes, graph.tensor(i).shape().rows(), -1, 0));
                offset += bytes;
            }
        }
        List<Step> steps = IntStream.range(0, graph.nodes().size())
                .mapToObj(n -> new Step(n, 0, rows(graph, n), "", 0, 0))
                .toList();
        return Plan.ofSteps(offset, 0, steps, allocations);
    }

    /** A plan that computes every row as late as it can: just before the next node needs it. */
    private static Plan streamed(Graph graph) {
        List<Step> steps = new ArrayList<>();
        int last = graph.nodes().size() - 1;
        int[] done = new int[last + 1];
        for (int y = 0; y < rows(graph, last); y++) {
            demand(graph, last, y + 1, done, steps);
        }
        SortedMap<Integer, Allocation> allocations = new TreeMap<>();
        int offset = 0;
        for (int i : List.of(graph.inputs().get(0), 3, 6, 7)) {
            boolean whole = graph.inputs().contains(i) || graph.outputs().contains(i);
            int ringRows = whole ? graph.tensor(i).shape().rows() : extentOfReader(graph, i);
            int bytes = ringRows * graph.tensor(i).rowBytes();
            allocations.put(i, new Allocation(offset, bytes, ringRows, -1, steps.size()));
            offset += bytes;
        }
        return Plan.ofSteps(offset, 0, steps, allocations);
    }

    private static void demand(Graph graph, int node, int end, int[] done, List<Step> steps) {
        for (int y = done[node]; y < end; y++) {
            if (node > 0) {
                RowWindow window = graph.rowWindow(graph.nodes().get(node));
                demand(graph, node - 1, window.end(y), done, steps);
            }
            steps.add(new Step(node, y, y + 1, "", 0, 0));
            done[node] = y + 1;
        }
    }

    private static int extentOfReader(Graph graph, int tensor) {
        for (Node<?> node : graph.nodes()) {
            if (node.inputs().contains(tensor)) {
                return graph.rowWindow(node).extent();
            }
        }
        throw new IllegalArgumentException("nobody reads tensor " + tensor);
    }

    private static int rows(Graph graph, int node) {
        return graph.tensor(graph.nodes().get(node).output()).shape().rows();
    }

    /** Tensors: 0 image, 1 and 2 constants, 3 convolution, 4 and 5 constants, 6 depthwise, 7 pool. */
    private static Graph convDepthwisePool() {
        Quantization q = Quantization.perTensor(0.1f, -5);
        GraphBuilder b = new GraphBuilder();
        int image = b.input("image", Shape.of(1, 12, 12, 3), ElementType.INT8, q);
        int weights = constant(b, "conv/weights", Shape.of(4, 3, 3, 3));
        int bias = b.constant("conv/bias", Shape.of(4), Quantization.perTensor(1, 0), TensorData.of(new int[4]));
        Conv2dParams same = Conv2dParams.of(1, Padding.SAME, Activation.RELU);
        int conv = b.node("conv", ElementType.INT8, q, Conv2d.INSTANCE, same, image, weights, bias);
        int taps = constant(b, "depthwise/weights", Shape.of(1, 3, 3, 4));
        int offsets = b.constant(
                "depthwise/bias", Shape.of(4), Quantization.perTensor(1, 0), TensorData.of(new int[] {1, 2, 3, 4}));
        DepthwiseConv2dParams depthwise = DepthwiseConv2dParams.of(1, Padding.SAME, Activation.NONE);
        int wise = b.node("depthwise", ElementType.INT8, q, DepthwiseConv2d.INSTANCE, depthwise, conv, taps, offsets);
        int pool = b.node("pool", ElementType.INT8, q, AveragePool2d.INSTANCE, Pool2dParams.of(2), wise);
        return b.output(pool).build();
    }

    private static int constant(GraphBuilder builder, String name, Shape shape) {
        byte[] bytes = new byte[shape.elements()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 37);
        }
        return builder.constant(name, shape, Quantization.perTensor(0.02f, 0), TensorData.of(bytes));
    }
}
