package org.tinytune.core.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tinytune.core.plan.ArenaPacker.Layout;
import org.tinytune.core.plan.Plan.Allocation;
import org.tinytune.core.plan.Plan.Pace;
import org.tinytune.core.plan.Plan.Pass;
import org.tinytune.core.plan.Plan.Step;

/** Lays out the passes of a graph in an arena. */
final class PassLayout {
    private final Dataflow graph;
    private final NodeCosts costs;
    private final List<Segment> segments;
    private final List<Call> calls = new ArrayList<>();
    private final Lifetimes lifetimes;
    private final List<Block> blocks;

    /** The block of each pass's scratch; {@link Lifetimes#NONE} if it needs none. */
    private final int[] scratchBlocks;

    private Layout layout;

    /**
     * Passes that are not laid out yet.
     *
     * @param segments all nodes of the graph, in an order in which they can run
     */
    PassLayout(Dataflow graph, NodeCosts costs, List<Segment> segments) {
        this.graph = graph;
        this.costs = costs;
        this.segments = segments;
        for (int pass = 0; pass < segments.size(); pass++) {
            segments.get(pass).addCalls(graph, pass, calls);
        }
        lifetimes = Lifetimes.of(graph, calls, graph.given(), graph.wanted());
        blocks = new ArrayList<>(lifetimes.blocks());
        scratchBlocks = new int[segments.size()];
        Arrays.fill(scratchBlocks, Lifetimes.NONE);
        addScratch();
    }

    /** The scratch of a pass serves one call at a time, so its steps share it. */
    private void addScratch() {
        int from = 0;
        for (int pass = 0; pass < segments.size(); pass++) {
            int to = from;
            while (to < calls.size() && calls.get(to).pass() == pass) {
                to++;
            }
            int bytes = costs.scratchBytes(segments.get(pass));
            if (bytes > 0) {
                scratchBlocks[pass] = blocks.size();
                blocks.add(new Block(bytes, from + 1, to));
            }
            from = to;
        }
    }

    /** Finds offsets; a second call replaces what the first found if it finds a smaller arena. */
    PassLayout pack(int alignment, int tries) {
        Layout found = ArenaPacker.pack(blocks, alignment, tries);
        if (layout == null || found.arenaBytes() < layout.arenaBytes()) {
            layout = found;
        }
        return this;
    }

    int arenaBytes() {
        return layout.arenaBytes();
    }

    boolean isAtLowerBound() {
        return layout.arenaBytes() == layout.lowerBoundBytes();
    }

    int streamedNodes() {
        return segments.stream().mapToInt(Segment::streamedNodes).sum();
    }

    /**
     * What was found.
     *
     * @param unstreamedBytes the arena of the same nodes if each computed all its rows at once
     */
    Plan plan(int unstreamedBytes) {
        List<Pass> passes = new ArrayList<>();
        for (int pass = 0; pass < segments.size(); pass++) {
            Segment segment = segments.get(pass);
            List<Step> steps = new ArrayList<>();
            for (int i = 0; i < segment.nodes().size(); i++) {
                int index = i;
                Pace pace = segment.schedule().map(s -> s.paces().get(index)).orElse(Pace.AT_ONCE);
                steps.add(step(segment.nodes().get(i), pace, scratchBlocks[pass]));
            }
            passes.add(new Pass(segment.schedule().map(RowSchedule::ticks).orElse(1), steps));
        }
        return new Plan(layout.arenaBytes(), layout.lowerBoundBytes(), unstreamedBytes, passes, allocations());
    }

    private Step step(int node, Pace pace, int scratchBlock) {
        int scratch = costs.scratchBytes(node);
        int offset = scratch == 0 ? 0 : layout.offsets()[scratchBlock];
        return new Step(node, 0, graph.outputRows(node), costs.variant(node), offset, scratch, pace);
    }

    private SortedMap<Integer, Allocation> allocations() {
        int[] firstStep = new int[graph.tensors()];
        int[] lastStep = new int[firstStep.length];
        Arrays.fill(firstStep, -1);
        Arrays.fill(lastStep, -1);
        List<Integer> order = segments.stream().flatMap(s -> s.nodes().stream()).toList();
        for (int step = 0; step < order.size(); step++) {
            for (int t : graph.outputs(order.get(step))) {
                firstStep[t] = step;
                lastStep[t] = step;
            }
            for (int t : graph.activations(order.get(step))) {
                lastStep[t] = step;
            }
        }
        boolean[] wanted = graph.wanted();
        SortedMap<Integer, Allocation> allocations = new TreeMap<>();
        for (int t = 0; t < firstStep.length; t++) {
            int block = lifetimes.block(t);
            if (block != Lifetimes.NONE) {
                int rows = lifetimes.ringRows(t);
                allocations.put(
                        t,
                        new Allocation(
                                layout.offsets()[block],
                                rows * graph.tensor(t).rowBytes(),
                                rows,
                                firstStep[t],
                                wanted[t] ? order.size() : lastStep[t]));
            }
        }
        return allocations;
    }
}
