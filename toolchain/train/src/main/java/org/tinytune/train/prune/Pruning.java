package org.tinytune.train.prune;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.QuantSpec.Weights;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.ChannelWise;
import org.tinytune.core.op.TrainingOnly;
import org.tinytune.core.op.TrainingOnly.ChannelAffine;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;

/**
 * Structured magnitude pruning: removes the channels whose filters are the smallest, in every layer the same fraction.
 *
 * <p>The magnitude of a channel is the Euclidean norm of its filter, times what batch norm behind it scales it by.
 * Where sums tie layers together, it is that of all their filters for the channel, and the channel goes from all of
 * them.
 *
 * <p>Source: Li et al., "Pruning Filters for Efficient ConvNets", ICLR 2017, section 3; He et al., "Soft Filter Pruning
 * for Accelerating Deep Convolutional Neural Networks", IJCAI 2018, equation 2, for the Euclidean norm; Liu et al.,
 * "Learning Efficient Convolutional Networks through Network Slimming", ICCV 2017, for the scale of batch norm. Checked
 * by: PruningTest.
 */
public final class Pruning {
    private final Graph graph;
    private final ChannelGroups groups;

    private Pruning(Graph graph) {
        this.graph = graph;
        this.groups = new ChannelGroups(graph);
    }

    /**
     * A smaller graph.
     *
     * @param graph in float
     * @param fraction of the channels of each layer that go, rounded down, in [0, 1); one channel always stays
     */
    public static Graph prune(Graph graph, double fraction) {
        Pruning pruning = new Pruning(graph);
        return pruning.without(pruning.smallest(fraction));
    }

    /** The channels that go, by group. */
    static Map<Integer, BitSet> smallest(Graph graph, double fraction) {
        return new Pruning(graph).smallest(fraction);
    }

    private Map<Integer, BitSet> smallest(double fraction) {
        Map<Integer, BitSet> removed = new TreeMap<>();
        groups.prunable().forEach((group, producers) -> {
            double[] squares = new double[groups.channels(group)];
            producers.forEach(node -> addSquares(node, squares));
            int count = (int) Math.min(squares.length - 1.0, Math.floor(fraction * squares.length + 1e-9));
            BitSet channels = new BitSet();
            IntStream.range(0, squares.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble(c -> squares[c]))
                    .limit(count)
                    .forEach(channels::set);
            removed.put(group, channels);
        });
        return removed;
    }

    private void addSquares(Node<?> node, double[] squares) {
        Weights spec = ChannelGroups.weights(node).orElseThrow();
        float[] weights = graph.tensor(node.inputs().get(spec.input())).float32Data();
        int elements = weights.length / squares.length;
        Optional<ChannelAffine> affine = affine(node.output());
        for (int c = 0; c < squares.length; c++) {
            double sum = 0;
            for (int k = 0; k < elements; k++) {
                double weight = weights[c * elements + k];
                sum += weight * weight;
            }
            double scale = affine.isEmpty() ? 1 : affine.get().scale()[c];
            squares[c] += sum * scale * scale;
        }
    }

    /** What batch norm makes of a tensor that it reads. */
    private Optional<ChannelAffine> affine(int tensor) {
        return graph.nodes().stream()
                .filter(node ->
                        node.operator() instanceof TrainingOnly && node.inputs().get(0) == tensor)
                .findFirst()
                .flatMap(this::frozen);
    }

    private <P extends Record> Optional<ChannelAffine> frozen(Node<P> node) {
        return ((TrainingOnly<P>) node.operator()).frozen(node.params(), graph.operands(node));
    }

    /** The graph without some channels. */
    private Graph without(Map<Integer, BitSet> removed) {
        List<Tensor> tensors = new ArrayList<>();
        for (int t = 0; t < graph.tensors().size(); t++) {
            Tensor tensor = graph.tensor(t);
            tensors.add(tensor.isConstant() ? tensor : smaller(tensor, t, removed));
        }
        List<Node<?>> nodes = new ArrayList<>();
        for (Node<?> node : graph.nodes()) {
            if (ChannelGroups.spreads(graph, node)) {
                cutSpread(node, removed, tensors);
            } else if (ChannelGroups.begins(graph, node)) {
                cutFilters(node, removed, tensors);
            }
            nodes.add(resized(node, tensors.get(node.output()).shape()));
        }
        return new Graph(tensors, nodes, graph.inputs(), graph.outputs(), graph.metadata());
    }

    private BitSet removed(int tensor, Map<Integer, BitSet> removed) {
        return removed.getOrDefault(groups.group(tensor), new BitSet());
    }

    private Tensor smaller(Tensor tensor, int t, Map<Integer, BitSet> removed) {
        int gone = removed(t, removed).cardinality();
        if (gone == 0) {
            return tensor;
        }
        int repeats = tensor.shape().dim(-1) / groups.channels(t);
        Shape shape = withLast(tensor.shape(), tensor.shape().dim(-1) - repeats * gone);
        return Tensor.activation(tensor.name(), shape, tensor.type(), tensor.quantization());
    }

    private void cutSpread(Node<?> node, Map<Integer, BitSet> removed, List<Tensor> tensors) {
        BitSet channels = removed(node.output(), removed);
        for (int t : node.inputs()) {
            if (t != Node.ABSENT && graph.tensor(t).isConstant()) {
                tensors.set(t, withoutLast(tensors.get(t), channels, groups.channels(node.output())));
            }
        }
    }

    private void cutFilters(Node<?> node, Map<Integer, BitSet> removed, List<Tensor> tensors) {
        Weights spec = ChannelGroups.weights(node).orElseThrow();
        int weights = node.inputs().get(spec.input());
        BitSet filters = removed(node.output(), removed);
        int input = node.inputs().get(0);
        Tensor fewer = withoutFirst(tensors.get(weights), filters);
        tensors.set(weights, withoutLast(fewer, removed(input, removed), groups.channels(input)));
        boolean hasBias =
                node.inputs().size() > spec.biasInput() && node.inputs().get(spec.biasInput()) != Node.ABSENT;
        if (hasBias) {
            int bias = node.inputs().get(spec.biasInput());
            tensors.set(bias, withoutFirst(tensors.get(bias), filters));
        }
    }

    private static <P extends Record> Node<P> resized(Node<P> node, Shape output) {
        P params = node.operator() instanceof ChannelWise<P> operator
                ? operator.withOutput(node.params(), output)
                : node.params();
        return new Node<>(node.operator(), params, node.inputs(), node.outputs());
    }

    /** A constant without some channels of its last extent, in which they repeat. */
    private static Tensor withoutLast(Tensor tensor, BitSet removed, int channels) {
        if (removed.isEmpty()) {
            return tensor;
        }
        int last = tensor.shape().dim(-1);
        int left = last - last / channels * removed.cardinality();
        return kept(tensor, withLast(tensor.shape(), left), e -> !removed.get(e % channels));
    }

    /** A constant without some parts of its first extent. */
    private static Tensor withoutFirst(Tensor tensor, BitSet removed) {
        if (removed.isEmpty()) {
            return tensor;
        }
        int[] dims = tensor.shape().dims().clone();
        int inner = tensor.shape().elements() / dims[0];
        dims[0] -= removed.cardinality();
        return kept(tensor, Shape.of(dims), e -> !removed.get(e / inner));
    }

    private static Tensor kept(Tensor tensor, Shape shape, IntPredicate isKept) {
        float[] values = tensor.float32Data();
        float[] left = new float[shape.elements()];
        int count = 0;
        for (int e = 0; e < values.length; e++) {
            if (isKept.test(e)) {
                left[count++] = values[e];
            }
        }
        return Tensor.constant(tensor.name(), shape, Quantization.NONE, TensorData.of(left));
    }

    private static Shape withLast(Shape shape, int extent) {
        int[] dims = shape.dims().clone();
        dims[dims.length - 1] = extent;
        return Shape.of(dims);
    }
}
