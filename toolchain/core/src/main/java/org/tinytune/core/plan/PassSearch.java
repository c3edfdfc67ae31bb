package org.tinytune.core.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Cuts an order of nodes into passes: which neighbours run together row by row, and which nodes compute all rows at
 * once.
 *
 * <p>What is in use during a pass depends on the pass alone: tensors that it neither reads nor writes are there whole,
 * those that it shares with others are whole before or after, and those within are rings. So the least peak over all
 * cuts is found exactly, by dynamic programming over the last node of a pass. Among the cuts that stay below a limit
 * that with the fewest streamed nodes is taken. The offsets may need more than the peak; so limits are tried from the
 * least peak upwards, and the cut whose layout is smallest wins.
 *
 * <p>Checked by: PassSearchTest against all cuts, PlannerTest.
 */
final class PassSearch {
    /** Layouts that are tried for one order. */
    private static final int CANDIDATES = 6;

    private static final int TRIES = 300;

    /** Nodes of one pass at most: the search is quadratic in it. */
    private static final int MAX_LENGTH = 16;

    /** Of larger graphs, every node runs on its own: the search takes memory and time by the square. */
    private static final int MAX_NODES = 256;

    /** Calls in all passes that are measured for one order: with very many rows, only short passes are. */
    private static final long MAX_CALLS = 1 << 21;

    /** A streamed node has to save so much of the arena: it costs code, and a call for each row. */
    private static final int LEAST_SAVING = 256;

    private final Dataflow graph;
    private final NodeCosts costs;
    private final List<Integer> order;

    /** Bytes at the peak of the pass from node i of the order to node j, exclusive; -1 where there is none. */
    private final int[][] peaks;

    /** The same of the passes of one node that compute all at once. */
    private final int[] wholePeaks;

    private final Segment[][] segments;

    private PassSearch(Dataflow graph, NodeCosts costs, List<Integer> order) {
        this.graph = graph;
        this.costs = costs;
        this.order = order;
        int nodes = order.size();
        peaks = new int[nodes + 1][nodes + 1];
        wholePeaks = new int[nodes];
        segments = new Segment[nodes + 1][nodes + 1];
        measure();
    }

    /** Every node of an order on its own, laid out. */
    static PassLayout unstreamed(Dataflow graph, NodeCosts costs, List<Integer> order, int alignment) {
        List<Segment> whole = order.stream().map(Segment::whole).toList();
        return new PassLayout(graph, costs, whole).pack(alignment, ArenaPacker.TRIES);
    }

    /**
     * The best passes found for an order, laid out.
     *
     * @param unstreamed what there is to beat
     */
    static PassLayout search(
            Dataflow graph, NodeCosts costs, List<Integer> order, int alignment, PassLayout unstreamed) {
        PassLayout best = unstreamed;
        if (order.size() > MAX_NODES || order.stream().noneMatch(n -> RowSchedule.isStreamable(graph, n))) {
            return best;
        }
        PassSearch search = new PassSearch(graph, costs, order);
        List<List<Segment>> tried = new ArrayList<>();
        for (int limit : search.limits()) {
            if (limit >= best.arenaBytes() || tried.size() == CANDIDATES) {
                break;
            }
            List<Segment> cut = search.cut(limit);
            if (!tried.contains(cut)) {
                tried.add(cut);
                best = better(best, new PassLayout(graph, costs, cut).pack(alignment, TRIES));
            }
        }
        return best.isAtLowerBound() ? best : best.pack(alignment, ArenaPacker.TRIES);
    }

    /** The least peak over all cuts of an order. */
    static int leastPeak(Dataflow graph, NodeCosts costs, List<Integer> order) {
        return new PassSearch(graph, costs, order).leastPeak();
    }

    /** The smaller one; a layout is not smaller if it streams a node for next to nothing. */
    static PassLayout better(PassLayout one, PassLayout other) {
        return price(other) < price(one) ? other : one;
    }

    private static long price(PassLayout layout) {
        return (long) layout.arenaBytes() * (LEAST_SAVING + layout.streamedNodes());
    }

    /** The peaks that a limit could be, from the least that any cut has. */
    private SortedSet<Integer> limits() {
        int least = leastPeak();
        SortedSet<Integer> limits = new TreeSet<>();
        for (int peak : wholePeaks) {
            limits.add(Math.max(least, peak));
        }
        for (int[] of : peaks) {
            for (int peak : of) {
                limits.add(Math.max(least, peak));
            }
        }
        return limits;
    }

    private int leastPeak() {
        int[] least = new int[order.size() + 1];
        for (int j = 1; j < least.length; j++) {
            least[j] = Math.max(least[j - 1], wholePeaks[j - 1]);
            for (int i = j - 1; i >= 0; i--) {
                if (peaks[i][j] >= 0) {
                    least[j] = Math.min(least[j], Math.max(least[i], peaks[i][j]));
                }
            }
        }
        return least[order.size()];
    }

    /** The cut with the fewest streamed nodes, and then the fewest passes, that stays below a limit. */
    private List<Segment> cut(int limit) {
        int[] price = new int[order.size() + 1];
        int[] from = new int[price.length];
        boolean[] streamed = new boolean[price.length];
        Arrays.fill(price, 1, price.length, Integer.MAX_VALUE);
        for (int j = 1; j < price.length; j++) {
            if (wholePeaks[j - 1] <= limit && price[j - 1] != Integer.MAX_VALUE) {
                price[j] = price[j - 1];
                from[j] = j - 1;
            }
            for (int i = j - 1; i >= 0; i--) {
                boolean possible = peaks[i][j] >= 0 && peaks[i][j] <= limit && price[i] != Integer.MAX_VALUE;
                int next = possible ? price[i] + order.size() * (j - i) + 1 : Integer.MAX_VALUE;
                if (next < price[j]) {
                    price[j] = next;
                    from[j] = i;
                    streamed[j] = true;
                }
            }
        }
        List<Segment> cut = new ArrayList<>();
        for (int j = order.size(); j > 0; j = from[j]) {
            cut.add(0, streamed[j] ? segments[from[j]][j] : Segment.whole(order.get(j - 1)));
        }
        return cut;
    }

    private void measure() {
        for (int i = 0; i < order.size(); i++) {
            wholePeaks[i] = peak(i, Segment.whole(order.get(i)));
            Arrays.fill(peaks[i], -1);
            for (int j = i + 1; j <= end(i); j++) {
                List<Integer> nodes = List.copyOf(order.subList(i, j));
                Optional<RowSchedule> schedule = RowSchedule.of(graph, nodes);
                if (schedule.isPresent()) {
                    segments[i][j] = new Segment(nodes, schedule);
                    peaks[i][j] = peak(i, segments[i][j]);
                }
            }
        }
        Arrays.fill(peaks[order.size()], -1);
    }

    /** One past the last node of the longest pass that is measured from node {@code from} of the order on. */
    private int end(int from) {
        int most = Math.min(order.size(), from + MAX_LENGTH);
        long calls = 0;
        long callsOfAll = 0;
        int end = from;
        while (end < most && RowSchedule.isStreamable(graph, order.get(end))) {
            calls += graph.outputRows(order.get(end));
            callsOfAll += calls;
            if (callsOfAll > MAX_CALLS / order.size()) {
                break;
            }
            end++;
        }
        return end;
    }

    /** The most bytes in use during the pass of a segment that begins at node {@code from} of the order. */
    private int peak(int from, Segment segment) {
        boolean[] before = needed(from);
        boolean[] after = needed(from + segment.nodes().size());
        List<Call> calls = new ArrayList<>();
        segment.addCalls(graph, 0, calls);
        List<Block> blocks = Lifetimes.of(graph, calls, before, after).blocks();
        return ArenaPacker.lowerBound(blocks, 1) + costs.scratchBytes(segment);
    }

    /** Of each tensor, whether it is there before a node of the order, and needed by it or later. */
    private boolean[] needed(int position) {
        boolean[] needed = graph.wanted();
        for (int i = position; i < order.size(); i++) {
            for (int t : graph.activations(order.get(i))) {
                needed[t] = true;
            }
        }
        for (int i = position; i < order.size(); i++) {
            graph.outputs(order.get(i)).forEach(t -> needed[t] = false);
        }
        return needed;
    }
}
