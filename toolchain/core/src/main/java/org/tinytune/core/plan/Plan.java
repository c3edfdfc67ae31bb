package org.tinytune.core.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a graph runs inside one arena.
 *
 * @param arenaBytes size of the arena; every allocation lies inside
 * @param lowerBoundBytes no layout of these passes can need less: the most bytes alive at one moment
 * @param unstreamedBytes what the arena would be if every step computed all its rows at once
 * @param passes in the order in which they run
 * @param allocations where each activation lies, by tensor index; a tensor may share its bytes with another that is
 *     dead, or that it overwrites in place, and its rows with rows of another that are no longer needed
 */
public record Plan(
        int arenaBytes,
        int lowerBoundBytes,
        int unstreamedBytes,
        List<Pass> passes,
        SortedMap<Integer, Allocation> allocations) {

    /** Keeps copies. */
    public Plan {
        passes = List.copyOf(passes);
        allocations = Collections.unmodifiableSortedMap(new TreeMap<>(allocations));
    }

    /** A plan whose steps run once each, in their order. */
    public static Plan ofSteps(
            int arenaBytes, int lowerBoundBytes, List<Step> steps, SortedMap<Integer, Allocation> allocations) {
        List<Pass> passes =
                steps.stream().map(step -> new Pass(1, List.of(step))).toList();
        return new Plan(arenaBytes, lowerBoundBytes, arenaBytes, passes, allocations);
    }

    /**
     * Steps that run together: a loop over ticks, in each of which every step, in order, computes the row that is due.
     * A pass of one tick runs its steps once.
     *
     * @param ticks of the loop
     * @param steps each of another node
     */
    public record Pass(int ticks, List<Step> steps) {
        /** Keeps a copy. */
        public Pass {
            steps = List.copyOf(steps);
        }

        /** Whether rows are computed one at a time. */
        public boolean isStreamed() {
            return steps.stream().anyMatch(step -> step.pace().period() > 0);
        }
    }

    /**
     * One place in the code that calls a kernel.
     *
     * @param node index in the graph
     * @param rowBegin first output row that it computes, in one call or several
     * @param rowEnd one past the last output row
     * @param variant of the kernel, as the target names it
     * @param scratchOffset of the kernel's scratch in the arena; 0 if it needs none
     * @param scratchBytes of the kernel's scratch
     * @param pace when each row is computed
     */
    public record Step(
            int node, int rowBegin, int rowEnd, String variant, int scratchOffset, int scratchBytes, Pace pace) {

        /** A step that computes all its rows in one call. */
        public Step(int node, int rowBegin, int rowEnd, String variant, int scratchOffset, int scratchBytes) {
            this(node, rowBegin, rowEnd, variant, scratchOffset, scratchBytes, Pace.AT_ONCE);
        }
    }

    /**
     * When the rows of a step are computed: row {@code y} at tick {@code first + y * period} of its pass.
     *
     * @param first tick of row 0
     * @param period ticks from one row to the next; 0 if all rows are computed at once
     */
    public record Pace(int first, int period) {
        /** All rows in one call. */
        public static final Pace AT_ONCE = new Pace(0, 0);

        /** The row that is due at a tick; -1 if none is, of so many rows. */
        int rowAt(int tick, int rows) {
            int since = tick - first;
            return since >= 0 && since % period == 0 && since / period < rows ? since / period : -1;
        }
    }

    /**
     * Where a tensor lies.
     *
     * @param offset of its first byte in the arena
     * @param bytes that it occupies: {@code ringRows} rows
     * @param ringRows rows that are held at once; all of them unless it is streamed
     * @param firstStep the step that first writes it; -1 for an input of the graph
     * @param lastStep the last step that reads it; the number of steps for an output of the graph
     */
    public record Allocation(int offset, int bytes, int ringRows, int firstStep, int lastStep) {}

    /** Takes the calls of a plan, one after the other. */
    @FunctionalInterface
    public interface CallVisitor {
        /** A call of the step's kernel for the rows {@code begin} (inclusive) to {@code end} (exclusive). */
        void call(Step step, int begin, int end);
    }

    /** Where a tensor lies. */
    public Allocation allocation(int tensor) {
        Allocation a = allocations.get(tensor);
        if (a == null) {
            throw new IllegalArgumentException("tensor " + tensor + " has no place in the arena");
        }
        return a;
    }

    /** The steps of all passes, in order. */
    public List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        passes.forEach(pass -> steps.addAll(pass.steps()));
        return steps;
    }

    /** Shows all calls of one inference in the order in which they are made. */
    public void forEachCall(CallVisitor visitor) {
        for (Pass pass : passes) {
            for (int tick = 0; tick < pass.ticks(); tick++) {
                for (Step step : pass.steps()) {
                    if (step.pace().period() == 0) {
                        visitor.call(step, step.rowBegin(), step.rowEnd());
                    } else {
                        int row = step.pace().rowAt(tick, step.rowEnd());
                        if (row >= 0) {
                            visitor.call(step, row, row + 1);
                        }
                    }
                }
            }
        }
    }
}
