package org.tinytune.core.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Node;

/**
 * Orders in which the nodes of a graph can run: as given, and that in which the most bytes alive at one step are least
 * when every node computes all rows at once.
 *
 * <p>The second is a shortest path over sets of nodes that have run, where a path is as long as its peak: Dijkstra's
 * algorithm. A graph with very many such sets keeps its order.
 *
 * <p>Source of the formulation: Liberis and Lane, "Neural networks on microcontrollers: saving memory at inference via
 * operator reordering" (2019). Checked by: NodeOrderTest.
 */
final class NodeOrder {
    private static final int MAX_NODES = Long.SIZE - 1;
    private static final int MAX_SETS = 2000;

    private final Graph graph;

    /** Of each node, those that have to run before it. */
    private final long[] needs;

    /** Of each tensor, the nodes that read it. */
    private final long[] readers;

    /** Of each tensor, the nodes that write it: one, or none. */
    private final long[] writers;

    /** Nodes that have run, the peak until then, and how that was reached. */
    private record Reached(long done, int peak, int last, Reached before) {}

    private NodeOrder(Graph graph, Dataflow dataflow) {
        this.graph = graph;
        int nodes = graph.nodes().size();
        needs = new long[nodes];
        readers = new long[graph.tensors().size()];
        writers = new long[readers.length];
        for (int n = 0; n < nodes; n++) {
            Node<?> node = graph.nodes().get(n);
            for (int t : dataflow.activations(n)) {
                readers[t] |= 1L << n;
                needs[n] |= writers[t];
            }
            for (int t : node.outputs()) {
                writers[t] = 1L << n;
            }
        }
    }

    /** The nodes as the graph has them. */
    static List<Integer> given(Graph graph) {
        return IntStream.range(0, graph.nodes().size()).boxed().toList();
    }

    /** One order or two. */
    static List<List<Integer>> candidates(Graph graph, Dataflow dataflow) {
        List<Integer> given = given(graph);
        if (given.size() > MAX_NODES || isChain(graph)) {
            return List.of(given);
        }
        List<Integer> least = new NodeOrder(graph, dataflow).leastPeak();
        return least.isEmpty() || least.equals(given) ? List.of(given) : List.of(given, least);
    }

    private static boolean isChain(Graph graph) {
        for (int n = 1; n < graph.nodes().size(); n++) {
            boolean follows = false;
            for (int output : graph.nodes().get(n - 1).outputs()) {
                follows |= graph.nodes().get(n).inputs().contains(output);
            }
            if (!follows) {
                return false;
            }
        }
        return true;
    }

    /** The order with the least peak, the given one if that is as good; empty if there are too many sets. */
    private List<Integer> leastPeak() {
        PriorityQueue<Reached> queue = new PriorityQueue<>(
                Comparator.comparingInt(Reached::peak).thenComparing(r -> -Long.bitCount(r.done())));
        Map<Long, Integer> peaks = new HashMap<>();
        queue.add(new Reached(0, 0, -1, null));
        long all = (1L << graph.nodes().size()) - 1;
        while (!queue.isEmpty() && peaks.size() <= MAX_SETS) {
            Reached reached = queue.poll();
            if (reached.done() == all) {
                return order(reached);
            }
            for (int n = 0; n < needs.length; n++) {
                boolean ready = (reached.done() >> n & 1) == 0 && (needs[n] & ~reached.done()) == 0;
                if (ready) {
                    long done = reached.done() | 1L << n;
                    int peak = Math.max(reached.peak(), bytesDuring(n, reached.done()));
                    if (peak < peaks.getOrDefault(done, Integer.MAX_VALUE)) {
                        peaks.put(done, peak);
                        queue.add(new Reached(done, peak, n, reached));
                    }
                }
            }
        }
        return List.of();
    }

    private static List<Integer> order(Reached end) {
        List<Integer> order = new ArrayList<>();
        for (Reached at = end; at.last() >= 0; at = at.before()) {
            order.add(at.last());
        }
        Collections.reverse(order);
        return order;
    }

    /** Bytes of the tensors that are there while a node runs after others. */
    private int bytesDuring(int node, long done) {
        int bytes = 0;
        for (int t = 0; t < readers.length; t++) {
            boolean there =
                    !graph.tensor(t).isConstant() && (writers[t] == 0 || (writers[t] & (done | 1L << node)) != 0);
            boolean needed = (readers[t] & ~done) != 0
                    || (writers[t] & 1L << node) != 0
                    || graph.tensor(t).state()
                    || graph.outputs().contains(t);
            bytes = there && needed ? Math.addExact(bytes, graph.tensor(t).bytes()) : bytes;
        }
        return bytes - sparedInPlace(graph.nodes().get(node), done, node);
    }

    /** Bytes of the output if it takes over the memory of an operand that nobody else will read. */
    private <P extends Record> int sparedInPlace(Node<P> node, long done, int index) {
        for (int operand : node.operator().inPlace(node.params()).inputs()) {
            int t = node.inputs().get(operand);
            if (t != Node.ABSENT
                    && node.outputs().size() == 1
                    && !graph.tensor(t).isConstant()
                    && !graph.tensor(t).state()
                    && !graph.outputs().contains(t)
                    && (readers[t] & ~(done | 1L << index)) == 0
                    && graph.tensor(t).bytes() == graph.tensor(node.output()).bytes()) {
                return graph.tensor(t).bytes();
            }
        }
        return 0;
    }
}
