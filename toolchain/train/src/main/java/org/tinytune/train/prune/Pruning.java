package org.tinytune.train.prune;

import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tinytune.core.channel.ChannelCut;
import org.tinytune.core.channel.ChannelGroups;
import org.tinytune.core.channel.ChannelGroups.Group;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.QuantSpec.Weights;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.TrainingOnly;
import org.tinytune.core.op.TrainingOnly.ChannelAffine;

/**
 * Structured magnitude pruning: removes the channels whose filters are the smallest, in every layer the same fraction.
 *
 * <p>The magnitude of a channel is the Euclidean norm of its filter, times what batch norm behind it scales it by.
 * Where a sum, a gate or the like ties layers together, it is that of all their filters for the channel, and the
 * channel goes from all of them. Whoever reads channels that are gone computes what it would if they were 0.
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
        return prune(graph, graph, fraction);
    }

    /**
     * A smaller graph, where some channels are gone already.
     *
     * @param graph in float
     * @param whole the graph before any channel went
     * @param fraction of the whole graph's channels of each layer that are gone in the end, rounded down, in [0, 1);
     *     one channel always stays
     */
    public static Graph prune(Graph graph, Graph whole, double fraction) {
        Pruning pruning = new Pruning(graph);
        return ChannelCut.without(graph, pruning.groups, pruning.choose(whole, fraction));
    }

    /** The channels that go, by their sets. */
    static BitSet smallest(Graph graph, double fraction) {
        return new Pruning(graph).choose(graph, fraction);
    }

    private BitSet choose(Graph whole, double fraction) {
        Map<List<Integer>, Integer> before = new HashMap<>();
        new ChannelGroups(whole)
                .removable()
                .forEach(group -> before.put(group.producers(), group.channels().size()));
        BitSet removed = new BitSet();
        for (Group group : groups.removable()) {
            Map<Integer, Double> squares = squares(group);
            int of = before.getOrDefault(group.producers(), group.channels().size());
            int left = Math.max(1, of - (int) Math.floor(fraction * of + 1e-9));
            group.channels().stream()
                    .sorted(Comparator.comparingDouble(squares::get))
                    .limit(Math.max(0, group.channels().size() - left))
                    .forEach(removed::set);
        }
        return removed;
    }

    /** The squared magnitudes of a group's channels, by set. */
    private Map<Integer, Double> squares(Group group) {
        Map<Integer, Double> squares = new HashMap<>();
        group.channels().forEach(channel -> squares.put(channel, 0.0));
        group.producers().forEach(n -> addSquares(graph.nodes().get(n), squares));
        return squares;
    }

    private void addSquares(Node<?> node, Map<Integer, Double> squares) {
        Weights spec = ChannelGroups.weights(node).orElseThrow();
        Tensor tensor = graph.tensor(node.inputs().get(spec.input()));
        float[] weights = tensor.float32Data();
        int filters = tensor.shape().dim(0);
        int elements = weights.length / filters;
        Optional<ChannelAffine> affine = affine(node.output());
        for (int c = 0; c < filters; c++) {
            double sum = 0;
            for (int k = 0; k < elements; k++) {
                double weight = weights[c * elements + k];
                sum += weight * weight;
            }
            double scale = affine.isEmpty() ? 1 : affine.get().scale()[c];
            double square = sum * scale * scale;
            squares.computeIfPresent(groups.channel(node.output(), c), (channel, before) -> before + square);
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
}
