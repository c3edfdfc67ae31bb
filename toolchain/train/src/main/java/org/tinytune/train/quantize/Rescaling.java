package org.tinytune.train.quantize;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.QuantSpec;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.NoParams;
import org.tinytune.core.op.quantize.Quantize;
import org.tinytune.core.quant.Quantization;

/**
 * Lets operators that never rescale join any tensors: where one of their operands has a fixed quantization, as a
 * softmax gives it, and another has not, a {@link Quantize} gives the former a range that it can share.
 */
final class Rescaling {
    private final List<Tensor> tensors;
    private final List<Node<?>> nodes = new ArrayList<>();

    /** By tensor; {@code null} if it is not fixed. */
    private final List<Quantization> fixed = new ArrayList<>();

    private Rescaling(Graph graph) {
        this.tensors = new ArrayList<>(graph.tensors());
        tensors.forEach(tensor -> fixed.add(null));
    }

    /** The same network, with rescaling nodes where there have to be some. */
    static Graph insert(Graph graph) {
        Rescaling rescaling = new Rescaling(graph);
        graph.nodes().forEach(rescaling::add);
        return new Graph(rescaling.tensors, rescaling.nodes, graph.inputs(), graph.outputs(), graph.metadata());
    }

    private <P extends Record> void add(Node<P> node) {
        QuantSpec spec = node.operator().quantSpec(node.params());
        Node<P> added = node;
        Quantization output = null;
        switch (spec.output()) {
            case FIXED -> output = spec.fixed().orElseThrow();
            case SAME_AS_INPUT -> output = fixed.get(node.inputs().get(0));
            case SAME_AS_ALL_INPUTS -> {
                Optional<Quantization> shared = shared(node);
                output = shared.orElse(null);
                added = shared.isPresent() ? node : withRescaledInputs(node);
            }
            case OWN_RANGE -> {}
        }
        nodes.add(added);
        for (int t : node.outputs()) {
            fixed.set(t, output);
        }
    }

    /** The one fixed quantization that all inputs have, if there is one. */
    private Optional<Quantization> shared(Node<?> node) {
        Quantization first = fixed.get(node.inputs().get(0));
        boolean equal = first != null && node.inputs().stream().allMatch(t -> first.equals(fixed.get(t)));
        return equal ? Optional.of(first) : Optional.empty();
    }

    private <P extends Record> Node<P> withRescaledInputs(Node<P> node) {
        List<Integer> inputs = new ArrayList<>();
        for (int t : node.inputs()) {
            inputs.add(fixed.get(t) == null ? t : rescaled(t));
        }
        return new Node<>(node.operator(), node.params(), inputs, node.outputs());
    }

    private int rescaled(int tensor) {
        Tensor before = tensors.get(tensor);
        int added = tensors.size();
        String name = UniqueNames.unused(tensors, before.name() + "/rescaled");
        tensors.add(Tensor.activation(name, before.shape(), before.type(), before.quantization()));
        fixed.add(null);
        nodes.add(new Node<>(Quantize.INSTANCE, new NoParams(), List.of(tensor), List.of(added)));
        return added;
    }
}
