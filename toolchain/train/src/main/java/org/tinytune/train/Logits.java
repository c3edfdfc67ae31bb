package org.tinytune.train;

import java.util.ArrayList;
import java.util.List;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.softmax.Softmax;

/** A classifier without its final softmax: what the cross-entropy, which has one of its own, is taken of. */
final class Logits {
    private Logits() {}

    /**
     * The graph up to the logits; its tensors keep their indices.
     *
     * @throws InvalidModelException if the graph does not end in a softmax
     */
    static Graph of(Graph graph) {
        int last = graph.nodes().size() - 1;
        if (last < 0
                || !(graph.nodes().get(last).operator() instanceof Softmax)
                || !graph.outputs().equals(graph.nodes().get(last).outputs())) {
            throw new InvalidModelException("a classifier has to end in SOFTMAX");
        }
        Node<?> softmax = graph.nodes().get(last);
        return new Graph(
                graph.tensors(),
                graph.nodes().subList(0, last),
                graph.inputs(),
                softmax.inputs().subList(0, 1),
                graph.metadata());
    }

    /** The whole graph with the constants of its trained part. */
    static Graph restore(Graph graph, Graph trained) {
        List<Tensor> tensors = new ArrayList<>(trained.tensors());
        return new Graph(tensors, graph.nodes(), graph.inputs(), graph.outputs(), graph.metadata());
    }
}
