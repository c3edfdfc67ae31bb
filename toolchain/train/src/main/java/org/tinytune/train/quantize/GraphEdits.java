package org.tinytune.train.quantize;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.Tensor;

/** Small changes to graphs. */
final class GraphEdits {
    private GraphEdits() {}

    /** How often a tensor is read, by nodes and as an output of the graph. */
    static int uses(Graph graph, int tensor) {
        int uses = 0;
        for (Node<?> node : graph.nodes()) {
            uses += (int) node.inputs().stream().filter(i -> i == tensor).count();
        }
        return uses + (int) graph.outputs().stream().filter(i -> i == tensor).count();
    }

    /** The node that computes a tensor; -1 if none does. */
    static int producer(Graph graph, int tensor) {
        for (int n = 0; n < graph.nodes().size(); n++) {
            if (graph.nodes().get(n).outputs().contains(tensor)) {
                return n;
            }
        }
        return -1;
    }

    /** The graph without a node; whoever reads its output reads another tensor. */
    static Graph removeNode(Graph graph, int removed, int replacement) {
        int output = graph.nodes().get(removed).output();
        IntUnaryOperator rename = i -> i == output ? replacement : i;
        List<Node<?>> nodes = new ArrayList<>();
        for (int n = 0; n < graph.nodes().size(); n++) {
            if (n != removed) {
                nodes.add(renamed(graph.nodes().get(n), rename));
            }
        }
        List<Integer> outputs = graph.outputs().stream().map(rename::applyAsInt).toList();
        return prune(new Graph(graph.tensors(), nodes, graph.inputs(), outputs, graph.metadata()));
    }

    /** The graph with two nodes, of which the second reads only the first, replaced by one. */
    static Graph merge(Graph graph, List<Tensor> tensors, int first, int second, Node<?> merged) {
        List<Node<?>> nodes = new ArrayList<>();
        for (int n = 0; n < graph.nodes().size(); n++) {
            if (n == second) {
                nodes.add(merged);
            } else if (n != first) {
                nodes.add(graph.nodes().get(n));
            }
        }
        return prune(new Graph(tensors, nodes, graph.inputs(), graph.outputs(), graph.metadata()));
    }

    private static <P extends Record> Node<P> renamed(Node<P> node, IntUnaryOperator rename) {
        List<Integer> inputs = node.inputs().stream()
                .map(i -> i == Node.ABSENT ? i : rename.applyAsInt(i))
                .toList();
        List<Integer> outputs = node.outputs().stream().map(rename::applyAsInt).toList();
        return new Node<>(node.operator(), node.params(), inputs, outputs);
    }

    /** The graph without tensors that nobody uses. */
    private static Graph prune(Graph graph) {
        BitSet used = new BitSet();
        graph.inputs().forEach(used::set);
        graph.outputs().forEach(used::set);
        for (Node<?> node : graph.nodes()) {
            node.inputs().stream().filter(i -> i != Node.ABSENT).forEach(used::set);
            node.outputs().forEach(used::set);
        }
        int[] renumbered = new int[graph.tensors().size()];
        List<Tensor> tensors = new ArrayList<>();
        for (int t = 0; t < renumbered.length; t++) {
            renumbered[t] = tensors.size();
            if (used.get(t)) {
                tensors.add(graph.tensor(t));
            }
        }
        IntUnaryOperator rename = i -> renumbered[i];
        List<Node<?>> nodes = new ArrayList<>();
        graph.nodes().forEach(node -> nodes.add(renamed(node, rename)));
        return new Graph(
                tensors,
                nodes,
                graph.inputs().stream().map(rename::applyAsInt).toList(),
                graph.outputs().stream().map(rename::applyAsInt).toList(),
                graph.metadata());
    }
}
