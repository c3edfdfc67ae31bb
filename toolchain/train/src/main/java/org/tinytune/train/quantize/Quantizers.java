package org.tinytune.train.quantize;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.QuantSpec;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.quant.Quantization;
import org.tinytune.train.range.RealRange;

/**
 * How every activation is quantized, and the constants that are not weights. Tensors between which an operator keeps
 * the scale share one quantizer, whose range is that of all values that come into it.
 *
 * <p>Checked by: QuantizersTest.
 */
final class Quantizers {
    private final Graph graph;

    /** A tensor of the same quantizer, or itself: a forest of which each tree is a quantizer. */
    private final int[] parents;

    /** By quantizer; {@code null} if it has a fixed one, or none of its tensors is quantized. */
    private final RealRange[] ranges;

    private final Quantization[] fixed;

    private Quantizers(Graph graph) {
        this.graph = graph;
        int tensors = graph.tensors().size();
        parents = new int[tensors];
        Arrays.setAll(parents, t -> t);
        ranges = new RealRange[tensors];
        fixed = new Quantization[tensors];
    }

    /**
     * The quantization of every tensor; {@code null} for those to which nobody gives a range.
     *
     * @param sources ranges of real values by tensor, of which those count that do not follow from other tensors;
     *     {@code null} for a tensor that is not quantized here
     * @throws InvalidModelException if an operator joins tensors of which one is fixed
     */
    static Quantization[] assign(Graph graph, RealRange[] sources) {
        Quantizers quantizers = new Quantizers(graph);
        graph.nodes().forEach(quantizers::join);
        quantizers.collect(sources);
        quantizers.widen();
        Quantization[] assigned = new Quantization[sources.length];
        Arrays.setAll(assigned, quantizers::quantization);
        return assigned;
    }

    private static <P extends Record> QuantSpec spec(Node<P> node) {
        return node.operator().quantSpec(node.params());
    }

    private int find(int tensor) {
        int root = tensor;
        while (parents[root] != root) {
            root = parents[root];
        }
        return root;
    }

    private void join(Node<?> node) {
        switch (spec(node).output()) {
            case SAME_AS_INPUT -> join(node, List.of(node.inputs().get(0)));
            case SAME_AS_ALL_INPUTS -> join(node, node.inputs());
            case OWN_RANGE, FIXED -> {}
        }
    }

    private void join(Node<?> node, List<Integer> inputs) {
        inputs.forEach(input -> parents[find(input)] = find(node.output()));
    }

    /**
     * Gathers what comes into each quantizer: inputs of the graph, constants, and results with a range of their own.
     */
    private void collect(RealRange[] sources) {
        graph.inputs().forEach(t -> include(t, sources[t]));
        for (int t = 0; t < sources.length; t++) {
            if (graph.tensor(t).isConstant() && sources[t] != null) {
                include(t, sources[t]);
            }
        }
        for (Node<?> node : graph.nodes()) {
            QuantSpec spec = spec(node);
            for (int t : node.outputs()) {
                switch (spec.output()) {
                    case OWN_RANGE -> include(t, sources[t]);
                    case FIXED -> fix(t, spec.fixed());
                    case SAME_AS_INPUT, SAME_AS_ALL_INPUTS -> {}
                }
            }
        }
        for (int q = 0; q < ranges.length; q++) {
            if (fixed[q] != null && ranges[q] != null) {
                throw mixed(q);
            }
        }
    }

    private void include(int tensor, RealRange range) {
        int q = find(tensor);
        ranges[q] = ranges[q] == null ? range : ranges[q].union(range);
    }

    private void fix(int tensor, Optional<Quantization> quantization) {
        int q = find(tensor);
        if (fixed[q] != null && !fixed[q].equals(quantization.orElseThrow())) {
            throw mixed(q);
        }
        fixed[q] = quantization.orElseThrow();
    }

    private InvalidModelException mixed(int quantizer) {
        Tensor tensor = graph.tensor(quantizer);
        return new InvalidModelException(
                "tensor '" + tensor.name() + "' joins others that cannot be quantized alike: rescale them first");
    }

    /** Widens ranges that are too narrow for an operator to compute, until none is. */
    private void widen() {
        boolean widened = true;
        while (widened) {
            widened = false;
            for (Node<?> node : graph.nodes()) {
                widened |= widen(node);
            }
        }
    }

    private boolean widen(Node<?> node) {
        double part = spec(node).leastScale();
        int q = find(node.output());
        if (part == 0) {
            return false;
        }
        double greatest = 0;
        for (int input : node.inputs()) {
            greatest = Math.max(greatest, quantization(input).scale());
        }
        RealRange before = ranges[q];
        ranges[q] = before.withScaleOfAtLeast(part * greatest);
        return !ranges[q].equals(before);
    }

    private Quantization quantization(int tensor) {
        int q = find(tensor);
        if (fixed[q] != null) {
            return fixed[q];
        }
        return ranges[q] == null ? null : ranges[q].int8();
    }
}
