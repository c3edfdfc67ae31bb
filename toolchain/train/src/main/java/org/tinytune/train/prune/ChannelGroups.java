package org.tinytune.train.prune;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.QuantSpec.Weights;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.ChannelWise;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;

/**
 * Which activations have the same channels: a convolution or fully connected layer begins a group, {@link ChannelWise}
 * operators spread it, and a sum of two joins theirs. A channel of a group is in all of its tensors or in none.
 *
 * <p>Element {@code e} of a tensor belongs to channel {@code e mod C}, whatever its shape: so channels can be followed
 * through a reshape, into the columns of a fully connected layer.
 */
final class ChannelGroups {
    private final Graph graph;
    private final int[] parents;
    private final int[] channels;
    private final int[] readers;
    private final BitSet fixed = new BitSet();

    /** Finds the groups. */
    ChannelGroups(Graph graph) {
        this.graph = graph;
        this.parents = new int[graph.tensors().size()];
        this.channels = new int[parents.length];
        this.readers = new int[parents.length];
        Arrays.setAll(parents, t -> t);
        Arrays.setAll(channels, t -> lastExtent(graph.tensor(t)));
        graph.nodes().forEach(node -> present(node).forEach(t -> readers[t]++));
        graph.inputs().forEach(this::fix);
        graph.nodes().forEach(this::visit);
        graph.outputs().forEach(this::fix);
    }

    private static int lastExtent(Tensor tensor) {
        return tensor.shape().rank() == 0 ? 1 : tensor.shape().dim(-1);
    }

    private static List<Integer> present(Node<?> node) {
        return node.inputs().stream().filter(t -> t != Node.ABSENT).toList();
    }

    private void visit(Node<?> node) {
        if (spreads(graph, node)) {
            spread(node);
        } else if (begins(graph, node)) {
            consume(node);
        } else {
            present(node).forEach(this::fix);
            node.outputs().forEach(this::fix);
        }
    }

    private void spread(Node<?> node) {
        channels[node.output()] = channels(node.inputs().get(0));
        for (int t : present(node)) {
            if (!graph.tensor(t).isConstant()) {
                join(t, node.output());
            }
        }
        boolean fits = present(node).stream().allMatch(t -> fits(t, channels(node.output())));
        if (!fits || lastExtent(graph.tensor(node.output())) % channels(node.output()) != 0) {
            fix(node.output());
        }
    }

    private void consume(Node<?> node) {
        Weights weights = weights(node).orElseThrow();
        int input = node.inputs().get(0);
        if (!fits(node.inputs().get(weights.input()), channels(input))) {
            fix(input);
        }
        if (!present(node).stream().allMatch(t -> fits(t, 1))) {
            fix(input);
            fix(node.output());
        }
    }

    /** Whether a constant can be cut, by channels along its last extent. */
    private boolean fits(int t, int count) {
        Tensor tensor = graph.tensor(t);
        return !tensor.isConstant()
                || tensor.type() == ElementType.FLOAT32 && readers[t] == 1 && lastExtent(tensor) % count == 0;
    }

    private void join(int a, int b) {
        int first = group(a);
        int second = group(b);
        boolean differ = channels[first] != channels[second];
        if (differ || fixed.get(first) || fixed.get(second)) {
            fixed.set(first);
        }
        parents[second] = first;
    }

    private void fix(int tensor) {
        fixed.set(group(tensor));
    }

    /** The group of a tensor, named by one of its tensors. */
    int group(int tensor) {
        int group = tensor;
        while (parents[group] != group) {
            group = parents[group];
        }
        return group;
    }

    /** The channels of a tensor's group. */
    int channels(int tensor) {
        return channels[group(tensor)];
    }

    /** The nodes whose filters make the channels of each group that can be pruned, by group. */
    Map<Integer, List<Node<?>>> prunable() {
        Map<Integer, List<Node<?>>> producers = new TreeMap<>();
        for (Node<?> node : graph.nodes()) {
            if (begins(graph, node) && !fixed.get(group(node.output()))) {
                producers
                        .computeIfAbsent(group(node.output()), group -> new ArrayList<>())
                        .add(node);
            }
        }
        return producers;
    }

    /** Whether a node hands channels on as they are. */
    static <P extends Record> boolean spreads(Graph graph, Node<P> node) {
        if (!(node.operator() instanceof ChannelWise<P> operator)
                || node.outputs().size() != 1) {
            return false;
        }
        Operands operands = graph.operands(node);
        List<Shape> shapes = operands.inputShapes();
        return !operands.input(0).isConstant() && operator.keepsChannels(node.params(), shapes);
    }

    /** Whether a node has one filter for each channel of its output, over all channels of its input. */
    static boolean begins(Graph graph, Node<?> node) {
        return !(node.operator() instanceof ChannelWise<?>)
                && !hasState(node)
                && weights(node)
                        .filter(w -> w.axis() <= 0)
                        .map(w -> graph.tensor(node.inputs().get(w.input())))
                        .filter(Tensor::isConstant)
                        .filter(weights -> weights.shape().dim(0) == lastExtent(graph.tensor(node.output())))
                        .isPresent();
    }

    private static <P extends Record> boolean hasState(Node<P> node) {
        return node.operator().quantSpec(node.params()).state().isPresent();
    }

    /** The weights of a node, if it has any. */
    static <P extends Record> Optional<Weights> weights(Node<P> node) {
        return node.operator().quantSpec(node.params()).weights();
    }
}
