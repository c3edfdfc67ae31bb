package org.tinytune.train.initialization;

import java.util.ArrayList;
import java.util.List;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.QuantSpec;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.Clamp;
import org.tinytune.core.op.Fusing;

/** Finds the activation that comes after some weights. */
final class Saturation {
    private Saturation() {}

    /**
     * Whether the next activation saturates: one that is fused into the operator itself does not. Operators whose
     * output has a fixed range do; those that end the network turn its logits into probabilities and do not count.
     */
    static boolean follows(Graph graph, Node<?> weighted) {
        Node<?> at = weighted;
        while (!clamps(at)) {
            List<Node<?>> consumers = consumers(graph, at.output());
            if (consumers.size() != 1) {
                return false;
            }
            at = consumers.get(0);
            if (hasFixedRange(at)) {
                return !graph.outputs().contains(at.output());
            }
            if (hasWeights(at)) {
                return false;
            }
        }
        return false;
    }

    private static List<Node<?>> consumers(Graph graph, int tensor) {
        List<Node<?>> consumers = new ArrayList<>();
        for (Node<?> node : graph.nodes()) {
            if (node.inputs().contains(tensor)) {
                consumers.add(node);
            }
        }
        return consumers;
    }

    private static <P extends Record> boolean hasFixedRange(Node<P> node) {
        return node.operator().quantSpec(node.params()).output() == QuantSpec.Output.FIXED;
    }

    private static <P extends Record> boolean hasWeights(Node<P> node) {
        return node.operator().quantSpec(node.params()).weights().isPresent();
    }

    private static <P extends Record> boolean clamps(Node<P> node) {
        return node.operator() instanceof Clamp
                || node.operator() instanceof Fusing<P> fusing && fusing.activation(node.params()) != Activation.NONE;
    }
}
