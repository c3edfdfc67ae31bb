package org.tinytune.core.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tinytune.core.graph.RowWindow;
import org.tinytune.core.plan.Plan.Pace;

/**
 * When consecutive nodes compute their rows so that each row is ready just when the first node that reads it needs it:
 * then as few rows as possible are held between them, and none is computed twice.
 *
 * <p>A node whose output row {@code y} needs the input rows from {@code offset + y * stride}, {@code extent} of them,
 * has a period of {@code stride} times that of the node before it. With a period {@code p} and row {@code y} at tick
 * {@code first + y * p}, the row that it needs last, {@code offset + y * stride + extent - 1}, is there at the same
 * tick if the node before it begins {@code (offset + extent - 1)} of its own periods earlier. Windows are treated as if
 * the input went on above and below its border; only the rows that exist are computed. So all is affine in the tick,
 * and a loop over ticks can be printed as one.
 *
 * <p>Two designs were weighed. In nested loops, one for each fused block, as in patch-based inference, blocks are
 * compact but rows at their borders are computed twice, and branches do not fit. A list of row ranges on demand
 * computes nothing twice and takes any graph, but is as long as there are rows. This is the second, restricted to what
 * one loop can say; a graph whose rows have no common measure is left in several passes.
 *
 * @param nodes in order
 * @param paces of each
 * @param ticks until all rows of all nodes are computed
 */
record RowSchedule(List<Integer> nodes, List<Pace> paces, int ticks) {
    private static final int NONE = -1;

    /** Periods are a few strides multiplied; beyond this a loop would mostly idle. */
    private static final int MAX_PERIOD = 64;

    /**
     * The schedule of nodes, each of which {@link #isStreamable}.
     *
     * @param nodes indices in an order in which they can run
     * @return empty if their rows have no common measure
     */
    static Optional<RowSchedule> of(Dataflow graph, List<Integer> nodes) {
        int[] producer = new int[graph.tensors()];
        Arrays.fill(producer, NONE);
        for (int i = 0; i < nodes.size(); i++) {
            producer[graph.node(nodes.get(i)).output()] = i;
        }
        int[] periods = periods(graph, nodes, producer);
        if (periods.length == 0) {
            return Optional.empty();
        }
        int[] firsts = firsts(graph, nodes, producer, periods);
        List<Pace> paces = new ArrayList<>();
        int ticks = 0;
        for (int i = 0; i < nodes.size(); i++) {
            paces.add(new Pace(firsts[i], periods[i]));
            ticks = Math.max(ticks, firsts[i] + (graph.outputRows(nodes.get(i)) - 1) * periods[i] + 1);
        }
        return Optional.of(new RowSchedule(List.copyOf(nodes), paces, ticks));
    }

    /**
     * Whether a node can compute its rows one at a time, each of a few rows of its inputs: it has rows, and its window
     * steps by whole rows over inputs that all have as many. Over what is given from the beginning it may step as it
     * likes. States are held whole in any case.
     */
    static boolean isStreamable(Dataflow graph, int node) {
        RowWindow window = graph.window(node);
        if (graph.outputs(node).size() != 1
                || graph.outputRows(node) < 2
                || window.stride() < 1
                || isComputed(graph, node) && (window.fraction() != 1 || window.stride() > MAX_PERIOD)) {
            return false;
        }
        return Arrays.stream(graph.activations(node))
                .filter(t -> !graph.tensor(t).state())
                .allMatch(t -> graph.tensor(t).shape().rank() == 4 && graph.rows(t) == window.inputRows());
    }

    /** Whether any of the operands is made by another node. */
    private static boolean isComputed(Dataflow graph, int node) {
        boolean[] given = graph.given();
        return Arrays.stream(graph.activations(node)).anyMatch(t -> !given[t]);
    }

    /** The calls of the pass, in the order in which they are made. */
    void addCalls(Dataflow graph, int pass, List<Call> calls) {
        for (int tick = 0; tick < ticks; tick++) {
            for (int i = 0; i < nodes.size(); i++) {
                int row = paces.get(i).rowAt(tick, graph.outputRows(nodes.get(i)));
                if (row >= 0) {
                    calls.add(new Call(pass, nodes.get(i), row, row + 1, false));
                }
            }
        }
    }

    /**
     * Ticks from one row of each node to the next, at least 1 and as few as possible; empty if two ways through the
     * nodes disagree. Nodes that share no tensor have a measure each.
     */
    private static int[] periods(Dataflow graph, List<Integer> nodes, int[] producer) {
        // The period of a node is that of its component's first, times numerator, by denominator.
        long[] numerators = new long[nodes.size()];
        long[] denominators = new long[nodes.size()];
        int[] component = new int[nodes.size()];
        for (int start = 0; start < nodes.size(); start++) {
            if (numerators[start] == 0) {
                numerators[start] = 1;
                denominators[start] = 1;
                component[start] = start;
                spread(graph, nodes, producer, numerators, denominators, component);
            }
        }
        int[] periods = new int[nodes.size()];
        for (int i = 0; i < nodes.size(); i++) {
            long common = 1;
            for (int j = 0; j < nodes.size(); j++) {
                common = component[j] == component[i] ? leastCommonMultiple(common, denominators[j]) : common;
            }
            long period = numerators[i] * common / denominators[i];
            if (period > MAX_PERIOD) {
                return new int[0];
            }
            periods[i] = (int) period;
        }
        return agree(graph, nodes, producer, periods) ? periods : new int[0];
    }

    /** Carries known periods over to neighbours until all of the component have one. */
    private static void spread(
            Dataflow graph,
            List<Integer> nodes,
            int[] producer,
            long[] numerators,
            long[] denominators,
            int[] component) {
        boolean more = true;
        while (more) {
            more = false;
            for (int i = 0; i < nodes.size(); i++) {
                int stride = graph.window(nodes.get(i)).stride();
                for (int t : graph.activations(nodes.get(i))) {
                    int p = producer[t];
                    if (p != NONE && (numerators[p] == 0) != (numerators[i] == 0)) {
                        int known = numerators[p] == 0 ? i : p;
                        int next = known == i ? p : i;
                        numerators[next] = numerators[known] * (next == i ? stride : 1);
                        denominators[next] = denominators[known] * (next == i ? 1 : stride);
                        long divisor = greatestCommonDivisor(numerators[next], denominators[next]);
                        numerators[next] /= divisor;
                        denominators[next] /= divisor;
                        component[next] = component[known];
                        more = true;
                    }
                }
            }
        }
    }

    private static boolean agree(Dataflow graph, List<Integer> nodes, int[] producer, int[] periods) {
        for (int i = 0; i < nodes.size(); i++) {
            for (int t : graph.activations(nodes.get(i))) {
                if (producer[t] != NONE
                        && periods[i]
                                != periods[producer[t]]
                                        * graph.window(nodes.get(i)).stride()) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The tick of each node's row 0, the least of them 0: as late as the nodes that read it allow. */
    private static int[] firsts(Dataflow graph, List<Integer> nodes, int[] producer, int[] periods) {
        int[] firsts = new int[nodes.size()];
        boolean[] isRead = new boolean[nodes.size()];
        for (int i = nodes.size() - 1; i >= 0; i--) {
            RowWindow window = graph.window(nodes.get(i));
            for (int t : graph.activations(nodes.get(i))) {
                int p = producer[t];
                if (p != NONE) {
                    int first = firsts[i] - (window.offset() + window.extent() - 1) * periods[p];
                    firsts[p] = isRead[p] ? Math.min(firsts[p], first) : first;
                    isRead[p] = true;
                }
            }
        }
        int least = Arrays.stream(firsts).min().orElse(0);
        return Arrays.stream(firsts).map(first -> first - least).toArray();
    }

    private static long leastCommonMultiple(long a, long b) {
        return a / greatestCommonDivisor(a, b) * b;
    }

    private static long greatestCommonDivisor(long a, long b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }
}
