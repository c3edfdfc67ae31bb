package org.tinytune.runtimegen;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.tinytune.core.board.Board;
import org.tinytune.core.cost.KernelWork;
import org.tinytune.core.cost.LatencyModel;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Node;
import org.tinytune.core.plan.Plan;
import org.tinytune.core.plan.Planner;
import org.tinytune.core.plan.TargetCosts;
import org.tinytune.runtimegen.BoardPlan.Concession;

/**
 * Finds the kernels of a {@link BoardPlan}. Every node has a ladder of variants, from the fastest down to that with the
 * least scratch. All begin at the top; while the arena is larger than the limit leaves room for, the node that loses
 * least time of those in use at a peak beyond it goes one rung down, and the graph is planned anew, since the passes
 * may then be others. At the end those go up again whose step turned out not to matter, the one that lost most first.
 */
final class BoardPlanner {
    private final Graph graph;
    private final Board board;
    private final CTarget target;
    private final long maxRamBytes;

    /** By node. */
    private final List<List<Rung>> ladders = new ArrayList<>();

    /**
     * A kernel that could serve a node.
     *
     * @param scratchBytes less than those of the rung above
     * @param cycles of an inference, as the board's latency model has it
     */
    private record Rung(String variant, int scratchBytes, double cycles) {}

    /**
     * A plan with some kernels.
     *
     * @param rungs that the nodes stand on; 0 is the top
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Attempt(int[] rungs, Plan plan) {
        private int arenaBytes() {
            return plan.arenaBytes();
        }
    }

    BoardPlanner(Graph graph, Board board, long maxRamBytes) {
        this.graph = graph;
        this.board = board;
        this.target = CTarget.of(board.mcu());
        this.maxRamBytes = maxRamBytes;
        LatencyModel latency = LatencyModel.of(board);
        graph.nodes().forEach(node -> ladders.add(ladder(node, latency)));
    }

    private List<Rung> ladder(Node<?> node, LatencyModel latency) {
        CTargetCosts costs = new CTargetCosts(target);
        List<Rung> ladder = new ArrayList<>();
        int least = Integer.MAX_VALUE;
        for (String variant : costs.variants(graph, node)) {
            int scratch = costs.scratchBytes(graph, node, variant);
            if (scratch < least) {
                ladder.add(new Rung(variant, scratch, latency.cycles(KernelWork.of(graph, node, variant))));
                least = scratch;
            }
        }
        return ladder;
    }

    BoardPlan plan() {
        Attempt fastest = attempt(new int[ladders.size()]);
        if (ladders.stream().allMatch(ladder -> ladder.size() == 1)) {
            return result(fastest, 0);
        }
        long ramBytes = SizeEstimate.of(graph, fastest.plan, board).ramBytes();
        // What other kernels change beside the arena is left out: a few hundred bytes of stack are not worth a kernel.
        long room = maxRamBytes - (ramBytes - fastest.arenaBytes());
        if (fastest.arenaBytes() <= room) {
            return result(fastest, ramBytes);
        }
        Attempt leanest =
                attempt(ladders.stream().mapToInt(ladder -> ladder.size() - 1).toArray());
        if (leanest.arenaBytes() >= fastest.arenaBytes()) {
            return result(fastest, ramBytes);
        }
        if (leanest.arenaBytes() > maxRamBytes) {
            return result(leanest, ramBytes); // which does not fit, whatever else it takes
        }
        long limit = Math.max(room, leanest.arenaBytes());
        return result(goUp(goDown(fastest, limit), limit), ramBytes);
    }

    private BoardPlan result(Attempt attempt, long fastestRamBytes) {
        List<Concession> concessions = IntStream.range(0, ladders.size())
                .filter(n -> attempt.rungs[n] > 0)
                .mapToObj(n -> new Concession(n, rung(n, 0).variant, rung(n, attempt.rungs[n]).variant))
                .toList();
        return new BoardPlan(graph, target, attempt.plan, concessions, fastestRamBytes);
    }

    private Rung rung(int node, int rung) {
        return ladders.get(node).get(rung);
    }

    private Attempt attempt(int[] rungs) {
        return new Attempt(rungs, Planner.plan(graph, new Standing(rungs), target.alignment()));
    }

    private Attempt attempt(Attempt other, int node, int rung) {
        int[] rungs = other.rungs.clone();
        rungs[node] = rung;
        return attempt(rungs);
    }

    /** The target's costs where every node stands on a rung of its ladder. */
    private final class Standing implements TargetCosts {
        private final int[] rungs;

        private Standing(int[] rungs) {
            this.rungs = rungs;
        }

        private Rung rung(Node<?> node) {
            int n = graph.nodes().indexOf(node);
            return BoardPlanner.this.rung(n, rungs[n]);
        }

        @Override
        public List<String> variants(Graph of, Node<?> node) {
            return List.of(rung(node).variant);
        }

        @Override
        public int scratchBytes(Graph of, Node<?> node, String variant) {
            return rung(node).scratchBytes;
        }
    }

    /** @param limit of the arena, as in all that follows */
    private Attempt goDown(Attempt from, long limit) {
        Attempt attempt = from;
        while (attempt.arenaBytes() > limit) {
            int node = next(attempt, limit);
            attempt = attempt(attempt, node, attempt.rungs[node] + 1);
        }
        return attempt;
    }

    /** The node that goes one rung down: if none at a peak beyond the limit can, one at the highest where one can. */
    private int next(Attempt attempt, long limit) {
        long[] peaks = peaks(attempt.plan);
        List<Integer> able = IntStream.range(0, ladders.size())
                .filter(n -> attempt.rungs[n] + 1 < ladders.get(n).size())
                .boxed()
                .toList();
        long highest = able.stream().mapToLong(n -> peaks[n]).max().orElseThrow();
        long beyond = Math.min(highest, limit + 1);
        return able.stream()
                .filter(n -> peaks[n] >= beyond)
                .min(Comparator.comparingDouble(n -> lostCycles(n, attempt.rungs[n], attempt.rungs[n] + 1)))
                .orElseThrow();
    }

    private double lostCycles(int node, int from, int to) {
        return rung(node, to).cycles - rung(node, from).cycles;
    }

    /** By node: the bytes of the arena in use while it runs, its scratch among them. */
    private long[] peaks(Plan plan) {
        long[] peaks = new long[ladders.size()];
        int first = 0;
        for (Plan.Pass pass : plan.passes()) {
            int last = first + pass.steps().size() - 1;
            int tensors = tensorBytes(plan, first, last);
            pass.steps().forEach(step -> peaks[step.node()] = (long) tensors + step.scratchBytes());
            first = last + 1;
        }
        return peaks;
    }

    /** Bytes of the arena that tensors occupy in some steps; those that share bytes occupy them once. */
    private static int tensorBytes(Plan plan, int firstStep, int lastStep) {
        BitSet occupied = new BitSet(plan.arenaBytes());
        for (Plan.Allocation a : plan.allocations().values()) {
            if (a.firstStep() <= lastStep && a.lastStep() >= firstStep) {
                occupied.set(a.offset(), a.offset() + a.bytes());
            }
        }
        return occupied.cardinality();
    }

    private Attempt goUp(Attempt from, long limit) {
        List<Integer> down = IntStream.range(0, ladders.size())
                .filter(n -> from.rungs[n] > 0)
                .boxed()
                .sorted(Comparator.comparingDouble(n -> -lostCycles(n, 0, from.rungs[n])))
                .toList();
        Attempt attempt = from;
        for (int node : down) {
            for (int rung = 0; rung < from.rungs[node]; rung++) {
                Attempt higher = attempt(attempt, node, rung);
                if (higher.arenaBytes() <= limit) {
                    attempt = higher;
                    break;
                }
            }
        }
        return attempt;
    }
}
