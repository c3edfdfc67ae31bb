package org.tinytune.core.channel;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.QuantSpec.Weights;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.ChannelWise;

/**
 * Which elements of activations are of which channel. Every filter of a convolution or fully connected layer begins
 * one, {@link ChannelWise} operators hand channels on, and where they bring two together, as a sum does, both are tied:
 * they stay or go together. Channels of all other operators stay, and so do those of a network's inputs and outputs.
 *
 * <p>A tensor has a <em>pattern</em> of channels, which repeats: element {@code e} is of channel {@code pattern[e mod
 * length]}, and the length divides the last extent. So channels can be followed through a reshape, into the columns of
 * a fully connected layer, and through tensors that are joined one behind the other.
 */
public final class ChannelGroups {
    private final Graph graph;
    private final int[] readers;
    private final int[][] patterns;
    private final ChannelSets sets = new ChannelSets();

    /**
     * Channels of which any may go: those that the same filters make. They are named by their sets.
     *
     * @param producers indices of the nodes that make them, in order; what tells a group from others
     * @param channels the sets, in the order of the filters
     */
    public record Group(List<Integer> producers, List<Integer> channels) {}

    /** Finds the channels of a graph. */
    public ChannelGroups(Graph graph) {
        this.graph = graph;
        this.readers = new int[graph.tensors().size()];
        this.patterns = new int[readers.length][];
        graph.nodes().forEach(node -> present(node).forEach(t -> readers[t]++));
        graph.outputs().forEach(t -> readers[t]++);
        graph.inputs().forEach(this::fix);
        graph.nodes().forEach(this::visit);
        graph.outputs().forEach(this::fix);
    }

    private int lastExtent(int tensor) {
        Tensor t = graph.tensor(tensor);
        return t.shape().rank() == 0 ? 1 : t.shape().dim(-1);
    }

    private static List<Integer> present(Node<?> node) {
        return node.inputs().stream().filter(t -> t != Node.ABSENT).toList();
    }

    /** The pattern of a tensor; one that nobody has visited, such as an input or a constant, has channels that stay. */
    private int[] pattern(int tensor) {
        if (patterns[tensor] == null) {
            patterns[tensor] = sets.create(lastExtent(tensor));
            sets.fix(patterns[tensor]);
        }
        return patterns[tensor];
    }

    private void fix(int tensor) {
        sets.fix(pattern(tensor));
    }

    private void visit(Node<?> node) {
        if (spreads(node)) {
            spread(node);
        } else if (joins(graph, node)) {
            join(node);
        } else if (reads(graph, node)) {
            read(node);
        } else {
            present(node).forEach(this::fix);
            node.outputs().forEach(this::fix);
        }
    }

    /** Whether channels are handed on as they are, and can be: no repeated pattern is cut in two. */
    private boolean spreads(Node<?> node) {
        if (!keeps(graph, node) || node.outputs().size() != 1) {
            return false;
        }
        int last = lastExtent(node.output());
        List<Integer> spread =
                present(node).stream().filter(t -> isSpread(node, t)).toList();
        return !spread.isEmpty()
                && spread.stream().allMatch(t -> last % pattern(t).length == 0)
                && (spread.size() == 1 || spread.stream().allMatch(t -> lastExtent(t) == last));
    }

    /** Whether an operand has the channels of the output; one with a single element serves all of them. */
    private boolean isSpread(Node<?> node, int operand) {
        return !graph.tensor(operand).isConstant() && !servesAll(node, operand);
    }

    private boolean servesAll(Node<?> node, int operand) {
        return graph.tensor(operand).shape().elements() == 1 && lastExtent(node.output()) > 1;
    }

    private void spread(Node<?> node) {
        int output = node.output();
        for (int t : present(node)) {
            if (isSpread(node, t)) {
                unite(t, output);
            } else if (!graph.tensor(t).isConstant()) {
                fix(t);
            }
        }
        for (int t : present(node)) {
            if (graph.tensor(t).isConstant() && !servesAll(node, t) && !canBeCut(t, patterns[output].length)) {
                fix(output);
            }
        }
    }

    private void unite(int operand, int output) {
        if (patterns[output] == null) {
            patterns[output] = pattern(operand);
            return;
        }
        for (int e = 0; e < lastExtent(output); e++) {
            sets.unite(channel(operand, e), channel(output, e));
        }
    }

    private void join(Node<?> node) {
        patterns[node.output()] = present(node).stream()
                .flatMapToInt(t -> IntStream.range(0, lastExtent(t)).map(e -> pattern(t)[e % pattern(t).length]))
                .toArray();
    }

    private void read(Node<?> node) {
        int input = node.inputs().get(0);
        int output = node.output();
        int weights = node.inputs().get(weights(node).orElseThrow().input());
        if (begins(graph, node)) {
            patterns[output] = sets.create(lastExtent(output));
        } else {
            fix(output);
        }
        if (!canBeCut(weights, pattern(input).length)) {
            fix(input);
        }
        if (!present(node).stream().allMatch(t -> !graph.tensor(t).isConstant() || canBeCut(t, 1))) {
            fix(input);
            fix(output);
        }
        if (present(node).stream().anyMatch(t -> t != weights && isMatrix(t))) {
            fix(output);
        }
    }

    /** Whether a constant has several extents, as some write a bias, and none alone that is of filters. */
    private boolean isMatrix(int t) {
        return graph.tensor(t).isConstant() && graph.tensor(t).shape().rank() > 1;
    }

    /** Whether a constant can be cut by channels along its last extent. */
    private boolean canBeCut(int t, int channels) {
        return readers[t] == 1 && lastExtent(t) % channels == 0;
    }

    /** The set of the channel that an element of a tensor is of. */
    public int channel(int tensor, int element) {
        return sets.of(pattern(tensor)[element % pattern(tensor).length]);
    }

    /** How many elements of the last extent of a tensor are of these channels. */
    int count(int tensor, BitSet channels) {
        return (int) IntStream.range(0, lastExtent(tensor))
                .filter(e -> channels.get(channel(tensor, e)))
                .count();
    }

    /** The channels that can go. */
    public List<Group> removable() {
        Map<Integer, List<Integer>> producers = new LinkedHashMap<>();
        for (int n = 0; n < graph.nodes().size(); n++) {
            Node<?> node = graph.nodes().get(n);
            for (int c = 0; begins(graph, node) && c < lastExtent(node.output()); c++) {
                int set = channel(node.output(), c);
                if (!sets.isFixed(set)) {
                    addOnce(producers.computeIfAbsent(set, s -> new ArrayList<>()), n);
                }
            }
        }
        Map<List<Integer>, List<Integer>> channels = new LinkedHashMap<>();
        producers.forEach((set, of) ->
                channels.computeIfAbsent(of, p -> new ArrayList<>()).add(set));
        return channels.entrySet().stream()
                .map(entry -> new Group(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static void addOnce(List<Integer> nodes, int node) {
        if (nodes.isEmpty() || nodes.get(nodes.size() - 1) != node) {
            nodes.add(node);
        }
    }

    /** Whether an operator hands each channel on by itself. */
    static <P extends Record> boolean keeps(Graph graph, Node<P> node) {
        Operands operands = graph.operands(node);
        return node.operator() instanceof ChannelWise<P> operator
                && operator.keepsChannels(node.params(), operands.inputShapes());
    }

    /** Whether the channels of a node's output are those of its operands, one behind the other. */
    static <P extends Record> boolean joins(Graph graph, Node<P> node) {
        Operands operands = graph.operands(node);
        return node.operator() instanceof ChannelWise<P> operator
                && operator.joinsChannels(node.params(), operands.inputShapes());
    }

    /** Whether a node has weights over all channels of its input. */
    public static boolean reads(Graph graph, Node<?> node) {
        return !(node.operator() instanceof ChannelWise<?>)
                && weights(node)
                        .filter(w -> w.axis() <= 0)
                        .filter(w -> graph.tensor(node.inputs().get(w.input())).isConstant())
                        .isPresent();
    }

    /** Whether it reads so, and has one filter for each channel of its output. */
    static boolean begins(Graph graph, Node<?> node) {
        return reads(graph, node)
                && !hasState(node)
                && weights(node)
                        .map(w -> graph.tensor(node.inputs().get(w.input()))
                                .shape()
                                .dim(0))
                        .filter(filters ->
                                filters == graph.tensor(node.output()).shape().dim(-1))
                        .isPresent();
    }

    private static <P extends Record> boolean hasState(Node<P> node) {
        return node.operator().quantSpec(node.params()).state().isPresent();
    }

    /** The weights of a node, if it has any. */
    public static <P extends Record> Optional<Weights> weights(Node<P> node) {
        return node.operator().quantSpec(node.params()).weights();
    }
}
