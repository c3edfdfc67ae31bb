package org.tinytune.train.quantize;

import java.util.List;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Node;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.Clamp;
import org.tinytune.core.op.Fusing;

/** Lets operators clamp their own output where a clamp follows that nobody else sees the input of. */
public final class ClampFusion {
    private ClampFusion() {}

    /** The same network with fewer nodes. */
    public static Graph fuse(Graph graph) {
        Graph fused = graph;
        for (int n = 0; n < fused.nodes().size(); n++) {
            int producer = fusable(fused, n);
            if (producer >= 0) {
                fused = fuse(fused, producer, n);
                // The node has taken the place of two.
                n--;
            }
        }
        return fused;
    }

    /** The node that can take a clamp over; -1 if there is none, or the node is no clamp. */
    private static int fusable(Graph graph, int node) {
        Node<?> clamp = graph.nodes().get(node);
        if (!(clamp.operator() instanceof Clamp)) {
            return -1;
        }
        int between = clamp.inputs().get(0);
        int producer = GraphEdits.producer(graph, between);
        boolean fits = producer >= 0
                && GraphEdits.uses(graph, between) == 1
                && isUnclamped(graph.nodes().get(producer));
        return fits ? producer : -1;
    }

    private static <P extends Record> boolean isUnclamped(Node<P> node) {
        return node.operator() instanceof Fusing<P> fusing && fusing.activation(node.params()) == Activation.NONE;
    }

    private static Graph fuse(Graph graph, int producer, int node) {
        Node<?> clamp = graph.nodes().get(node);
        Activation activation = ((Clamp) clamp.operator()).activation();
        Node<?> merged = clamped(graph.nodes().get(producer), activation, clamp.outputs());
        return GraphEdits.merge(graph, graph.tensors(), producer, node, merged);
    }

    /** A node with an activation and other outputs. */
    static <P extends Record> Node<P> clamped(Node<P> node, Activation activation, List<Integer> outputs) {
        P params = node.operator() instanceof Fusing<P> fusing
                ? fusing.withActivation(node.params(), activation)
                : node.params();
        return new Node<>(node.operator(), params, node.inputs(), outputs);
    }
}
