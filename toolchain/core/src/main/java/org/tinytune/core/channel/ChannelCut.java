package org.tinytune.core.channel;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.QuantSpec.Weights;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.ChannelWise;
import org.tinytune.core.tensor.Shape;

/**
 * A graph without some of its channels: activations are narrower, and filters, biases and other constants lack what is
 * of those channels. Whoever reads channels that are gone computes what it would if they were real 0.
 */
public final class ChannelCut {
    private final Graph graph;
    private final ChannelGroups groups;
    private final BitSet removed;
    private final List<Tensor> tensors = new ArrayList<>();

    private ChannelCut(Graph graph, ChannelGroups groups, BitSet removed) {
        this.graph = graph;
        this.groups = groups;
        this.removed = removed;
    }

    /**
     * Cuts a graph.
     *
     * @param groups its channels
     * @param removed the channels that go, by their sets: {@link ChannelGroups#removable} ones only, and of each group
     *     not all
     */
    public static Graph without(Graph graph, ChannelGroups groups, BitSet removed) {
        return new ChannelCut(graph, groups, removed).cut();
    }

    private Graph cut() {
        for (int t = 0; t < graph.tensors().size(); t++) {
            Tensor tensor = graph.tensor(t);
            tensors.add(tensor.isConstant() ? tensor : along(tensor, -1, isLeft(t)));
        }
        List<Node<?>> nodes = new ArrayList<>();
        for (Node<?> node : graph.nodes()) {
            if (ChannelGroups.keeps(graph, node)) {
                cutConstants(node);
            } else if (ChannelGroups.reads(graph, node)) {
                cutFilters(node);
            }
            nodes.add(resized(node, tensors.get(node.output()).shape()));
        }
        return new Graph(tensors, nodes, graph.inputs(), graph.outputs(), graph.metadata());
    }

    /** Cuts what an operator has for each channel; a constant of one element serves all of them. */
    private void cutConstants(Node<?> node) {
        for (int t : node.inputs()) {
            if (t != Node.ABSENT
                    && graph.tensor(t).isConstant()
                    && graph.tensor(t).shape().elements() > 1) {
                cut(t, -1, isLeft(node.output()));
            }
        }
    }

    private void cutFilters(Node<?> node) {
        Weights spec = ChannelGroups.weights(node).orElseThrow();
        int weights = node.inputs().get(spec.input());
        cut(weights, 0, isLeft(node.output()));
        cut(weights, -1, isLeft(node.inputs().get(0)));
        boolean hasBias = spec.biasInput() >= 0
                && node.inputs().size() > spec.biasInput()
                && node.inputs().get(spec.biasInput()) != Node.ABSENT;
        if (hasBias) {
            cut(node.inputs().get(spec.biasInput()), 0, isLeft(node.output()));
        }
    }

    private static <P extends Record> Node<P> resized(Node<P> node, Shape output) {
        P params = node.operator() instanceof ChannelWise<P> operator
                ? operator.withOutput(node.params(), output)
                : node.params();
        return new Node<>(node.operator(), params, node.inputs(), node.outputs());
    }

    /** Whether an element of the last extent of an activation is left. */
    private IntPredicate isLeft(int activation) {
        return e -> !removed.get(groups.channel(activation, e));
    }

    private void cut(int tensor, int axis, IntPredicate isLeft) {
        tensors.set(tensor, along(tensors.get(tensor), axis, isLeft));
    }

    /** What is left of a tensor along an extent; the last is -1. */
    private static Tensor along(Tensor tensor, int axis, IntPredicate isLeft) {
        Shape shape = tensor.shape();
        if (shape.rank() == 0) {
            return tensor;
        }
        int extent = axis < 0 ? shape.rank() + axis : axis;
        int[] left = IntStream.range(0, shape.dim(extent)).filter(isLeft).toArray();
        return left.length == shape.dim(extent) ? tensor : tensor.along(extent, left);
    }
}
