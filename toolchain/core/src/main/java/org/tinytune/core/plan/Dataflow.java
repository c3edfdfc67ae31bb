package org.tinytune.core.plan;

import java.util.List;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.RowWindow;
import org.tinytune.core.graph.Tensor;

/**
 * What the planner asks of a graph over and over, looked up once: rows, and which tensors in the arena a node reads.
 */
final class Dataflow {
    private final Graph graph;
    private final int[][] activations;
    private final RowWindow[] windows;
    private final int[] rows;

    Dataflow(Graph graph) {
        this.graph = graph;
        int nodes = graph.nodes().size();
        activations = new int[nodes][];
        windows = new RowWindow[nodes];
        for (int n = 0; n < nodes; n++) {
            Node<?> node = graph.nodes().get(n);
            activations[n] = node.inputs().stream()
                    .filter(t -> t != Node.ABSENT && !graph.tensor(t).isConstant())
                    .mapToInt(Integer::intValue)
                    .toArray();
            windows[n] = graph.rowWindow(node);
        }
        rows = graph.tensors().stream().mapToInt(t -> t.shape().rows()).toArray();
    }

    /** The number of nodes. */
    int nodes() {
        return activations.length;
    }

    /** The number of tensors. */
    int tensors() {
        return rows.length;
    }

    /** A node. */
    Node<?> node(int n) {
        return graph.nodes().get(n);
    }

    /** A tensor. */
    Tensor tensor(int t) {
        return graph.tensor(t);
    }

    /** The operands of a node that lie in the arena; not to be written to. */
    int[] activations(int node) {
        return activations[node];
    }

    /** The outputs of a node. */
    List<Integer> outputs(int node) {
        return graph.nodes().get(node).outputs();
    }

    /** Which rows of its inputs a node needs. */
    RowWindow window(int node) {
        return windows[node];
    }

    /** Rows of a tensor. */
    int rows(int tensor) {
        return rows[tensor];
    }

    /** Rows of a node's output. */
    int outputRows(int node) {
        return rows[graph.nodes().get(node).output()];
    }

    /** The tensors that are there when an inference begins: inputs and states. */
    boolean[] given() {
        return marked(graph.inputs());
    }

    /** The tensors that are needed when an inference has ended: outputs and states. */
    boolean[] wanted() {
        return marked(graph.outputs());
    }

    private boolean[] marked(List<Integer> tensors) {
        boolean[] marked = new boolean[rows.length];
        for (int t = 0; t < marked.length; t++) {
            marked[t] = graph.tensor(t).state();
        }
        tensors.forEach(t -> marked[t] = true);
        return marked;
    }
}
