package org.tinytune.core.plan;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a graph runs inside one arena.
 *
 * @param arenaBytes size of the arena; every allocation lies inside
 * @param lowerBoundBytes no plan of this order can need less: the most bytes alive at one step
 * @param steps in the order in which they run
 * @param allocations where each activation lies, by tensor index; a tensor may share its bytes with another that is
 *     dead, or that it overwrites in place
 */
public record Plan(int arenaBytes, int lowerBoundBytes, List<Step> steps, SortedMap<Integer, Allocation> allocations) {

    /** Keeps copies. */
    public Plan {
        steps = List.copyOf(steps);
        allocations = Collections.unmodifiableSortedMap(new TreeMap<>(allocations));
    }

    /**
     * One call of a kernel.
     *
     * @param node index in the graph
     * @param rowBegin first output row
     * @param rowEnd one past the last output row
     * @param variant of the kernel, as the target names it
     * @param scratchOffset of the kernel's scratch in the arena; 0 if it needs none
     * @param scratchBytes of the kernel's scratch
     */
    public record Step(int node, int rowBegin, int rowEnd, String variant, int scratchOffset, int scratchBytes) {}

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

    /** Where a tensor lies. */
    public Allocation allocation(int tensor) {
        Allocation a = allocations.get(tensor);
        if (a == null) {
            throw new IllegalArgumentException("tensor " + tensor + " has no place in the arena");
        }
        return a;
    }
}
