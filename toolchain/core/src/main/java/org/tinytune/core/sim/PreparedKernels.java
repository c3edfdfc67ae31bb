package org.tinytune.core.sim;

import java.util.List;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.RowKernel;

/**
 * The integer kernels of a graph's nodes, with multipliers and tables derived. Holds nothing that changes, so
 * simulators in several threads share it.
 *
 * @param graph that the kernels belong to
 * @param kernels one a node
 */
public record PreparedKernels(Graph graph, List<RowKernel> kernels) {

    /**
     * Prepares the kernels of a graph.
     *
     * @throws InvalidModelException naming the first node that cannot be computed in integers
     */
    public static PreparedKernels of(Graph graph) {
        return new PreparedKernels(
                graph, graph.nodes().stream().map(node -> prepare(graph, node)).toList());
    }

    /**
     * Prepares the kernel of a node.
     *
     * @throws InvalidModelException if it cannot be computed in integers
     */
    static <P extends Record> RowKernel prepare(Graph graph, Node<P> node) {
        return node.operator().kernel(node.params(), graph.operands(node));
    }
}
