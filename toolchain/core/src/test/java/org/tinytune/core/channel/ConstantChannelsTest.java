package org.tinytune.core.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.NoParams;
import org.tinytune.core.op.Padding;
import org.tinytune.core.op.conv2d.Conv2d;
import org.tinytune.core.op.conv2d.Conv2dParams;
import org.tinytune.core.op.depthwiseconv.DepthwiseConv2d;
import org.tinytune.core.op.depthwiseconv.DepthwiseConv2dParams;
import org.tinytune.core.op.fullyconnected.FullyConnected;
import org.tinytune.core.op.fullyconnected.FullyConnectedParams;
import org.tinytune.core.op.relu.Relu;
import org.tinytune.core.op.transposeconv.TransposeConv;
import org.tinytune.core.op.transposeconv.TransposeConvParams;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.sim.SimulationObserver;
import org.tinytune.core.sim.Simulator;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;
import org.tinytune.core.testing.RandomGraphs;

class ConstantChannelsTest {
    private static final Quantization ACTIVATIONS = Quantization.perTensor(0.05f, -7);

    @Test
    void randomNetworksComputeTheSameBytesWithoutThem() {
        int narrower = 0;
        for (long seed = 0; seed < 300; seed++) {
            Graph graph = withEmptyFilters(RandomGraphs.networkOfAnyOrigin(seed), new SplittableRandom(seed));
            Graph left = ConstantChannels.leftOut(graph, 1 + (int) (seed % 2));
            narrower += left.macs() < graph.macs() ? 1 : 0;
            for (long input = 0; input < 3; input++) {
                List<byte[]> inputs = RandomGraphs.inputs(graph, input);
                assertThat(Simulator.of(left).run(inputs, SimulationObserver.NONE))
                        .as("seed %d, input %d", seed, input)
                        .containsExactly(Simulator.of(graph)
                                .run(inputs, SimulationObserver.NONE)
                                .toArray(byte[][]::new));
            }
        }
        assertThat(narrower).isGreaterThan(25);
    }

    /** Half of the filters, and half of those over channels, have no weight but 0. */
    private static Graph withEmptyFilters(Graph graph, SplittableRandom random) {
        List<Tensor> tensors = new ArrayList<>(graph.tensors());
        for (Node<?> node : graph.nodes()) {
            ChannelGroups.weights(node).ifPresent(spec -> {
                int weights = node.inputs().get(spec.input());
                Tensor tensor = graph.tensor(weights);
                if (tensor.isConstant() && tensor.type() == ElementType.INT8) {
                    int axis = ChannelGroups.reads(graph, node)
                            ? 0
                            : tensor.shape().rank() - 1;
                    tensors.set(weights, emptied(tensor, axis, random));
                }
            });
        }
        return new Graph(tensors, graph.nodes(), graph.inputs(), graph.outputs(), graph.metadata());
    }

    private static Tensor emptied(Tensor tensor, int axis, SplittableRandom random) {
        byte[] data = tensor.int8Data().clone();
        int inner = 1;
        for (int i = axis + 1; i < tensor.shape().rank(); i++) {
            inner *= tensor.shape().dim(i);
        }
        boolean[] empty = new boolean[tensor.shape().dim(axis)];
        for (int c = 0; c < empty.length; c++) {
            empty[c] = random.nextBoolean();
        }
        for (int i = 0; i < data.length; i++) {
            data[i] = empty[i / inner % empty.length] ? 0 : data[i];
        }
        return tensor.withData(TensorData.of(data));
    }

    /** Of 4 channels, the first convolution leaves the first empty, the depthwise one the second. */
    private static Graph chain(int bias) {
        GraphBuilder builder = new GraphBuilder();
        int input = builder.input("input", Shape.of(1, 6, 5, 3), ElementType.INT8, ACTIVATIONS);
        int first = layer(
                builder,
                "first",
                Conv2d.INSTANCE,
                Conv2dParams.of(1, Padding.SAME, Activation.NONE),
                input,
                weights(Shape.of(4, 3, 3, 3), 0, 0),
                4,
                bias);
        int middle = layer(
                builder,
                "middle",
                DepthwiseConv2d.INSTANCE,
                new DepthwiseConv2dParams(1, 1, 1, 1, 1, Padding.SAME, Activation.NONE),
                first,
                weights(Shape.of(1, 3, 3, 4), 3, 1),
                4,
                bias);
        int last = layer(
                builder,
                "last",
                Conv2d.INSTANCE,
                Conv2dParams.of(1, Padding.SAME, Activation.NONE),
                middle,
                weights(Shape.of(2, 1, 1, 4), 0, -1),
                2,
                bias);
        return builder.output(last).build();
    }

    private static <P extends Record> int layer(
            GraphBuilder builder,
            String name,
            Operator<P> operator,
            P params,
            int input,
            Tensor weights,
            int channels,
            int bias) {
        int[] biases = new int[channels];
        for (int c = 0; c < channels; c++) {
            biases[c] = bias * (c + 1);
        }
        return builder.node(
                name,
                ElementType.INT8,
                ACTIVATIONS,
                operator,
                params,
                input,
                builder.constant(
                        name + "/weights",
                        weights.shape(),
                        weights.quantization(),
                        weights.data().orElseThrow()),
                builder.constant(
                        name + "/bias",
                        Shape.of(channels),
                        Quantization.perTensor(0.05f * 0.01f, 0),
                        TensorData.of(biases)));
    }

    /** Noise, but for one slice along an axis; none if it is -1. */
    private static Tensor weights(Shape shape, int axis, int empty) {
        SplittableRandom random = new SplittableRandom(shape.elements());
        byte[] data = new byte[shape.elements()];
        int inner = axis == 0 ? shape.elements() / shape.dim(0) : 1;
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) (i / inner % shape.dim(axis) == empty ? 0 : random.nextInt(1, 100));
        }
        return Tensor.constant("weights", shape, Quantization.perTensor(0.01f, 0), TensorData.of(data));
    }

    private static List<Shape> activations(Graph graph) {
        return graph.nodes().stream()
                .map(node -> graph.tensor(node.output()).shape())
                .toList();
    }

    /** With biases of 0, the empty filter gives real 0, which is padding as well. */
    @Test
    void channelsOfRealZeroGoThroughPaddedWindows() {
        assertThat(activations(ConstantChannels.leftOut(chain(0), 1)))
                .containsExactly(Shape.of(1, 6, 5, 2), Shape.of(1, 6, 5, 2), Shape.of(1, 6, 5, 2));
    }

    /** Another number than padding makes borders of the depthwise layer's first channel, which has to stay. */
    @Test
    void channelsOfAnotherNumberStayWhereWindowsSeePadding() {
        assertThat(activations(ConstantChannels.leftOut(chain(900), 1)))
                .containsExactly(Shape.of(1, 6, 5, 3), Shape.of(1, 6, 5, 3), Shape.of(1, 6, 5, 2));
    }

    /** A layer that reads half of the channels for its first row, and the others for its second. */
    @Test
    void rowsThatBeginAtOtherChannelsAreOfThoseChannels() {
        GraphBuilder builder = new GraphBuilder();
        int input = builder.input("input", Shape.of(1, 1, 1, 4), ElementType.INT8, ACTIVATIONS);
        int first = layer(
                builder,
                "first",
                Conv2d.INSTANCE,
                Conv2dParams.of(1, Padding.SAME, Activation.NONE),
                input,
                emptyUpTo(Shape.of(8, 1, 1, 4), 4),
                8,
                0);
        int rows = dense(builder, "rows", first, Shape.of(8, 4));
        assertUnchanged(
                builder.output(dense(builder, "last", rows, Shape.of(3, 8))).build());
    }

    /** Outputs between the strides have the bias alone. */
    @Test
    void transposedConvolutionsDoNotPaintEverywhere() {
        GraphBuilder builder = new GraphBuilder();
        int input = builder.input("input", Shape.of(1, 3, 3, 2), ElementType.INT8, ACTIVATIONS);
        int first = layer(
                builder,
                "first",
                Conv2d.INSTANCE,
                Conv2dParams.of(1, Padding.SAME, Activation.NONE),
                input,
                emptyUpTo(Shape.of(8, 1, 1, 2), 4),
                8,
                900);
        int last = layer(
                builder,
                "last",
                TransposeConv.INSTANCE,
                new TransposeConvParams(6, 6, 2, 2, Padding.SAME, Activation.NONE),
                first,
                weights(Shape.of(2, 1, 1, 8), 0, -1),
                2,
                50);
        assertUnchanged(builder.output(last).build());
    }

    /** Some files write a bias as a matrix of one row. */
    @Test
    void aBiasOfSeveralExtentsIsLeftAlone() {
        Graph graph = chain(0);
        List<Tensor> tensors = new ArrayList<>(graph.tensors());
        int bias = graph.nodes().get(0).inputs().get(2);
        Tensor row = graph.tensor(bias);
        tensors.set(
                bias,
                Tensor.constant(
                        row.name(),
                        Shape.of(1, row.shape().elements()),
                        row.quantization(),
                        row.data().orElseThrow()));
        assertUnchanged(new Graph(tensors, graph.nodes(), graph.inputs(), graph.outputs(), graph.metadata()));
    }

    @Test
    @Timeout(20)
    void aMillionChannelsTakeNoTime() {
        GraphBuilder builder = new GraphBuilder();
        int input = builder.input("input", Shape.of(1, 1_000_000), ElementType.INT8, ACTIVATIONS);
        int output = builder.node("relu", ElementType.INT8, ACTIVATIONS, Relu.INSTANCE, new NoParams(), input);
        Graph graph = builder.output(output).build();
        assertThat(ConstantChannels.leftOut(graph)).isSameAs(graph);
    }

    private static void assertUnchanged(Graph graph) {
        Graph left = ConstantChannels.leftOut(graph, 1);
        for (long seed = 0; seed < 5; seed++) {
            List<byte[]> inputs = RandomGraphs.inputs(graph, seed);
            assertThat(Simulator.of(left).run(inputs, SimulationObserver.NONE).get(0))
                    .as("seed %d", seed)
                    .isEqualTo(Simulator.of(graph)
                            .run(inputs, SimulationObserver.NONE)
                            .get(0));
        }
    }

    private static int dense(GraphBuilder builder, String name, int input, Shape shape) {
        return layer(
                builder,
                name,
                FullyConnected.INSTANCE,
                new FullyConnectedParams(Activation.NONE),
                input,
                weights(shape, 0, -1),
                shape.dim(0),
                3);
    }

    /** Noise, but for the first filters. */
    private static Tensor emptyUpTo(Shape shape, int filters) {
        Tensor noise = weights(shape, 0, -1);
        byte[] data = noise.int8Data().clone();
        Arrays.fill(data, 0, filters * (shape.elements() / shape.dim(0)), (byte) 0);
        return noise.withData(TensorData.of(data));
    }

    @Test
    void channelsStayUntilTheirNumberIsAMultiple() {
        assertThat(activations(ConstantChannels.leftOut(chain(900), 2)))
                .containsExactly(Shape.of(1, 6, 5, 4), Shape.of(1, 6, 5, 4), Shape.of(1, 6, 5, 2));
        assertThat(activations(ConstantChannels.leftOut(chain(0), 2)))
                .containsExactly(Shape.of(1, 6, 5, 2), Shape.of(1, 6, 5, 2), Shape.of(1, 6, 5, 2));
    }

    @Test
    void aGraphWithoutAnyIsReturnedAsItIs() {
        Graph graph = RandomGraphs.network(3);
        assertThat(ConstantChannels.leftOut(graph, 1)).isSameAs(graph);
    }
}
