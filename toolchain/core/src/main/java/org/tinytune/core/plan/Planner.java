package org.tinytune.core.plan;

import java.util.List;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.tensor.ElementType;

/**
 * Plans how a graph runs: in which order, which nodes run together row by row, which output overwrites an input in
 * place, and where in the arena everything lies.
 *
 * <p>Graph inputs and outputs lie in the arena as well. An input's bytes serve others after its last use; an output's
 * last until the end of the inference, a state's for ever.
 */
public final class Planner {
    private Planner() {}

    /**
     * The plan of a graph. The same graph always has the same plan.
     *
     * @param costs what the target's kernels need beside the tensors
     * @param alignment of every offset, a power of two: 4 where kernels load words, otherwise 1; offsets are aligned to
     *     {@link #elementAlignment} in any case
     * @throws ArithmeticException if the arena were to exceed 2^31 - 1 bytes
     */
    public static Plan plan(Graph graph, TargetCosts costs, int alignment) {
        requirePowerOfTwo(alignment);
        int aligned = Math.max(alignment, elementAlignment(graph));
        Dataflow dataflow = new Dataflow(graph);
        NodeCosts nodeCosts = new NodeCosts(graph, costs);
        PassLayout best = null;
        int unstreamedBytes = Integer.MAX_VALUE;
        for (List<Integer> order : NodeOrder.candidates(graph, dataflow)) {
            PassLayout whole = PassSearch.unstreamed(dataflow, nodeCosts, order, aligned);
            unstreamedBytes = Math.min(unstreamedBytes, whole.arenaBytes());
            PassLayout found = PassSearch.search(dataflow, nodeCosts, order, aligned, whole);
            best = best == null ? found : PassSearch.better(best, found);
        }
        return best.plan(unstreamedBytes);
    }

    /**
     * The plan of a graph in the order of its nodes, each of which computes all rows at once: what {@link #plan} is
     * measured against.
     */
    public static Plan wholeTensors(Graph graph, TargetCosts costs, int alignment) {
        requirePowerOfTwo(alignment);
        List<Segment> segments =
                NodeOrder.given(graph).stream().map(Segment::whole).toList();
        PassLayout layout = new PassLayout(new Dataflow(graph), new NodeCosts(graph, costs), segments)
                .pack(Math.max(alignment, elementAlignment(graph)), ArenaPacker.TRIES);
        return layout.plan(layout.arenaBytes());
    }

    /**
     * What the activations of a graph have to be aligned to: 2 if any is int16, or is read or shown as such, otherwise
     * 1. Cells read and write their states of int16 byte by byte.
     */
    public static int elementAlignment(Graph graph) {
        boolean computed =
                graph.nodes().stream().anyMatch(node -> graph.operands(node).areInt16());
        boolean shown =
                graph.outputs().stream().anyMatch(tensor -> graph.tensor(tensor).type() == ElementType.INT16);
        return graph.hasInt16Activations() || computed || shown ? ElementType.INT16.bytes() : 1;
    }

    private static void requirePowerOfTwo(int alignment) {
        if (Integer.bitCount(alignment) != 1) {
            throw new IllegalArgumentException("alignment " + alignment + " is not a power of two");
        }
    }
}
