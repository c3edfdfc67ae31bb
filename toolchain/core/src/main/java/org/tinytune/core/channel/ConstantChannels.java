package org.tinytune.core.channel;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.tinytune.core.channel.ChannelGroups.Group;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.QuantSpec.Weights;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.ChannelWise;
import org.tinytune.core.op.FrontEnd;
import org.tinytune.core.sim.Simulator;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.TensorData;

/**
 * Channels of an int8 graph that are the same number in every inference, and channels that nobody looks at: both are
 * left out, and the outputs of the graph are the same bytes. Filters of which all weights are 0, which converters keep,
 * begin such channels.
 *
 * <p>A channel is <em>independent</em> if no input of the graph reaches it: weights of 0 cut its way. An independent
 * channel has the same values for any input, so that one inference shows them, borders included; if they are all the
 * same, it is constant. A layer with weights over a constant channel has its share in the bias instead, unless the
 * border of a window sees padding there, which is another number.
 *
 * <p>Checked by: ConstantChannelsTest.
 */
public final class ConstantChannels {
    /** The same for all targets, so that they share checksums of operators. */
    private static final int MULTIPLE = 4;

    private final Graph graph;
    private final int multiple;
    private final ChannelGroups groups;
    /** By tensor: elements of the last extent that no input reaches. */
    private final BitSet[] independent;

    private byte[][] values;

    private ConstantChannels(Graph graph, int multiple) {
        this.graph = graph;
        this.multiple = multiple;
        this.groups = new ChannelGroups(graph);
        this.independent = new BitSet[graph.tensors().size()];
    }

    /**
     * The graph without them, but for a few that keep the channels of a layer a multiple of four where they are as
     * many: kernels take four at a time.
     *
     * @param int8 any int8 graph, with a front end or without; one with states or other int16 activations, or without
     *     channels to leave out, is returned as it is
     */
    public static Graph leftOut(Graph int8) {
        if (int8.hasState()) {
            return int8;
        }
        return FrontEnd.of(int8)
                .map(frontEnd -> frontEnd.before(leftOut(FrontEnd.network(int8), MULTIPLE)))
                .orElseGet(() -> leftOut(int8, MULTIPLE));
    }

    /** The same for another multiple. */
    static Graph leftOut(Graph int8, int multiple) {
        if (int8.hasState() || int8.hasInt16Activations()) {
            return int8;
        }
        ConstantChannels channels = new ConstantChannels(int8, multiple);
        return channels.findIndependent() ? channels.leftOut() : int8;
    }

    /** Returns whether there are any. */
    private boolean findIndependent() {
        for (int t = 0; t < independent.length; t++) {
            independent[t] = new BitSet();
            if (graph.tensor(t).isConstant()) {
                independent[t].set(0, extent(t));
            }
        }
        boolean found = false;
        for (Node<?> node : graph.nodes()) {
            if (node.outputs().size() == 1) {
                IntPredicate reached = reached(node);
                for (int c = 0; c < extent(node.output()); c++) {
                    independent[node.output()].set(c, !reached.test(c));
                }
                found |= !independent[node.output()].isEmpty();
            }
        }
        return found;
    }

    /** Which elements of the last extent of a node's output an input may reach. */
    private IntPredicate reached(Node<?> node) {
        if (ChannelGroups.begins(graph, node)) {
            Filters filters = weightsOf(node);
            return filter -> !filters.repeat()
                    || filters.anyMatchOf(
                            filter, e -> !isIndependent(node.inputs().get(0), e));
        }
        if (ChannelGroups.joins(graph, node)) {
            return joined(node);
        }
        if (!ChannelGroups.keeps(graph, node)) {
            return c -> true;
        }
        IntPredicate isNothing = nothing(node);
        IntPredicate operandsReach = operandsReach(node);
        return c -> !isNothing.test(c) && operandsReach.test(c);
    }

    private IntPredicate joined(Node<?> node) {
        BitSet all = new BitSet();
        int first = 0;
        for (int t : node.inputs()) {
            for (int e = 0; e < extent(t); e++) {
                all.set(first + e, isIndependent(t, e));
            }
            first += extent(t);
        }
        return c -> !all.get(c);
    }

    /** Of an operator with weights for each channel: those of which all are 0. */
    private IntPredicate nothing(Node<?> node) {
        if (ChannelGroups.weights(node).isEmpty()) {
            return c -> false;
        }
        Tensor weights =
                graph.tensor(node.inputs().get(ChannelGroups.weights(node).get().input()));
        int channels = extent(node.output());
        if (!weights.isConstant()
                || weights.type() != ElementType.INT8
                || weights.shape().dim(-1) != channels) {
            return c -> false;
        }
        byte[] data = weights.int8Data();
        return c ->
                IntStream.iterate(c, i -> i < data.length, i -> i + channels).allMatch(i -> data[i] == 0);
    }

    /** Whether an input reaches what an element of the output is made of, by the rule of {@link ChannelWise}. */
    private IntPredicate operandsReach(Node<?> node) {
        int output = extent(node.output());
        IntPredicate reach = c -> false;
        for (int t : node.inputs()) {
            if (t != Node.ABSENT) {
                int common = gcd(extent(t), output);
                BitSet residues = new BitSet();
                for (int e = 0; e < extent(t); e++) {
                    if (!isIndependent(t, e)) {
                        residues.set(e % common);
                    }
                }
                reach = reach.or(c -> residues.get(c % common));
            }
        }
        return reach;
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    private boolean isIndependent(int tensor, int element) {
        return independent[tensor].get(element);
    }

    private int extent(int tensor) {
        Tensor t = graph.tensor(tensor);
        return t.shape().rank() == 0 ? 1 : t.shape().dim(-1);
    }

    private Graph leftOut() {
        values = simulated();
        BitSet kept = new BitSet();
        for (Node<?> node : graph.nodes()) {
            if (ChannelGroups.reads(graph, node)) {
                int input = node.inputs().get(0);
                needed(node).forEach(e -> kept.set(groups.channel(input, e)));
            }
        }
        BitSet removed = new BitSet();
        for (Group group : groups.removable()) {
            List<Integer> gone =
                    group.channels().stream().filter(c -> !kept.get(c)).toList();
            int left = group.channels().size() - gone.size();
            // A tensor without channels is none.
            int rounded = (Math.max(1, left) + multiple - 1) / multiple * multiple;
            gone.stream().skip(rounded - left).forEach(removed::set);
        }
        return removed.isEmpty() ? graph : ChannelCut.without(withBiases(removed), groups, removed);
    }

    /** All activations of one inference. */
    private byte[][] simulated() {
        byte[][] all = new byte[graph.tensors().size()][];
        List<byte[]> inputs = graph.inputs().stream()
                .map(t -> new byte[graph.tensor(t).bytes()])
                .toList();
        Simulator.of(graph).run(inputs, (node, tensor, bytes) -> all[tensor] = bytes);
        return all;
    }

    /** The number that an element of the last extent always is. */
    private OptionalInt constant(int tensor, int element) {
        byte[] all = values[tensor];
        if (!isIndependent(tensor, element)
                || all == null
                || graph.tensor(tensor).type() != ElementType.INT8) {
            return OptionalInt.empty();
        }
        for (int i = element; i < all.length; i += extent(tensor)) {
            if (all[i] != all[element]) {
                return OptionalInt.empty();
            }
        }
        return OptionalInt.of(all[element]);
    }

    /** The elements of its input that a layer with weights over all of them cannot do without. */
    private IntStream needed(Node<?> node) {
        Filters filters = weightsOf(node);
        int input = node.inputs().get(0);
        if (!filters.repeat()) {
            return IntStream.range(0, extent(input));
        }
        boolean hasShare = filters.seeNoPadding() && coversAll(node) && bias(node) != Node.ABSENT;
        int padding = graph.tensor(input).quantization().zeroPoint();
        return filters.used().stream().filter(e -> {
            OptionalInt constant = constant(input, e);
            return constant.isEmpty() || constant.getAsInt() != padding && !hasShare;
        });
    }

    /** Whether windows leave no output without input, as those of a transposed convolution do between its strides. */
    private boolean coversAll(Node<?> node) {
        return positions(node.output()) <= positions(node.inputs().get(0));
    }

    private int positions(int tensor) {
        return graph.tensor(tensor).shape().elements() / extent(tensor);
    }

    /** The int32 bias of a node; {@link Node#ABSENT} if there is none. */
    private int bias(Node<?> node) {
        int operand = ChannelGroups.weights(node).map(Weights::biasInput).orElse(Weights.NO_BIAS);
        if (operand < 0 || operand >= node.inputs().size()) {
            return Node.ABSENT;
        }
        int bias = node.inputs().get(operand);
        return bias != Node.ABSENT
                        && graph.tensor(bias).isConstant()
                        && graph.tensor(bias).type() == ElementType.INT32
                ? bias
                : Node.ABSENT;
    }

    /** The graph whose biases hold the share of the channels that go. */
    private Graph withBiases(BitSet removed) {
        List<Tensor> tensors = new ArrayList<>(graph.tensors());
        for (Node<?> node : graph.nodes()) {
            int bias = bias(node);
            if (ChannelGroups.reads(graph, node) && bias != Node.ABSENT) {
                int[] sums = graph.tensor(bias).int32Data().clone();
                addShare(node, removed, sums);
                tensors.set(bias, graph.tensor(bias).withData(TensorData.of(sums)));
            }
        }
        return new Graph(tensors, graph.nodes(), graph.inputs(), graph.outputs(), graph.metadata());
    }

    private void addShare(Node<?> node, BitSet removed, int[] sums) {
        int input = node.inputs().get(0);
        Filters filters = weightsOf(node);
        for (int e = 0; e < extent(input); e++) {
            OptionalInt constant = constant(input, e);
            if (removed.get(groups.channel(input, e)) && constant.isPresent()) {
                int share =
                        constant.getAsInt() - graph.tensor(input).quantization().zeroPoint();
                for (int filter = 0; filter < sums.length; filter++) {
                    // Modulo 2^32, as the accumulator is.
                    sums[filter] += share * filters.sum(filter, e);
                }
            }
        }
    }

    private Filters weightsOf(Node<?> node) {
        int weights =
                node.inputs().get(ChannelGroups.weights(node).orElseThrow().input());
        return new Filters(graph.tensor(weights), extent(node.inputs().get(0)));
    }

    /**
     * Filters over all channels.
     *
     * @param tensor weights {@code [filters, ..., channels]}
     * @param channels elements of the input's last extent, which repeat along that of the weights
     */
    private record Filters(Tensor tensor, int channels) {
        private int weightsOfOne() {
            return tensor.shape().elements() / tensor.shape().dim(0);
        }

        /** Whether a filter has a weight other than 0 for an element of the input that meets a condition. */
        boolean anyMatchOf(int filter, IntPredicate element) {
            byte[] data = tensor.int8Data();
            int size = weightsOfOne();
            return IntStream.range(0, size).anyMatch(i -> data[filter * size + i] != 0 && element.test(i % channels));
        }

        /** The elements of the input for which any filter has a weight other than 0. */
        BitSet used() {
            byte[] data = tensor.int8Data();
            int size = weightsOfOne();
            BitSet used = new BitSet();
            for (int i = 0; i < data.length; i++) {
                if (data[i] != 0) {
                    used.set(i % size % channels);
                }
            }
            return used;
        }

        /** The sum of a filter's weights for an element of the input. */
        int sum(int filter, int element) {
            byte[] data = tensor.int8Data();
            int size = weightsOfOne();
            int sum = 0;
            for (int i = element; i < size; i += channels) {
                sum += data[filter * size + i];
            }
            return sum;
        }

        /** Whether a window is one position of the input, which no border cuts. */
        boolean seeNoPadding() {
            return tensor.shape().rank() == 2 || weightsOfOne() == channels;
        }

        /** Whether every filter begins with the first element of the input's last extent, wherever it is. */
        boolean repeat() {
            return weightsOfOne() % channels == 0;
        }
    }
}
