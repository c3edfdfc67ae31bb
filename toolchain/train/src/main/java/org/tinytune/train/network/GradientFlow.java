package org.tinytune.train.network;

import java.util.BitSet;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Node;
import org.tinytune.core.op.Probabilities;

/** Which nodes take part in training, and which tensors have a gradient. */
final class GradientFlow {
    private final Graph graph;
    private final int logits;
    private final BitSet depends = new BitSet();
    private final BitSet reaches = new BitSet();

    /**
     * @param trained tensors that are trained
     * @param lossOnLogits whether the loss looks at logits where probabilities end the network
     */
    GradientFlow(Graph graph, BitSet trained, boolean lossOnLogits) {
        this.graph = graph;
        this.logits = lossOnLogits ? logits(graph) : graph.outputs().get(0);
        depends.or(trained);
        for (Node<?> node : graph.nodes()) {
            boolean any = node.inputs().stream().anyMatch(i -> i != Node.ABSENT && depends.get(i));
            if (any) {
                node.outputs().forEach(depends::set);
            }
        }
        reaches.set(logits);
        for (int n = graph.nodes().size() - 1; n >= 0; n--) {
            if (takesPart(n)) {
                graph.nodes().get(n).inputs().stream()
                        .filter(i -> i != Node.ABSENT)
                        .forEach(reaches::set);
            }
        }
    }

    /** The tensor that the loss looks at: the first output, or what its probabilities come from. */
    private static int logits(Graph graph) {
        int output = graph.outputs().get(0);
        return graph.nodes().stream()
                .filter(node -> node.output() == output && node.operator() instanceof Probabilities)
                .findFirst()
                .map(node -> node.inputs().get(0))
                .orElse(output);
    }

    /** The tensor that the loss looks at. */
    int logits() {
        return logits;
    }

    /** Whether the loss depends on the node. */
    boolean takesPart(int node) {
        return graph.nodes().get(node).outputs().stream().anyMatch(reaches::get);
    }

    /** Whether anything trained depends on the tensor's gradient. */
    boolean needsGradient(int tensor) {
        return depends.get(tensor) && reaches.get(tensor);
    }
}
