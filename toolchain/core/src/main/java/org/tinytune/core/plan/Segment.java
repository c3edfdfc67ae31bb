package org.tinytune.core.plan;

import java.util.List;
import java.util.Optional;

/**
 * Consecutive nodes of an order that make one pass.
 *
 * @param nodes indices in the graph, in order
 * @param schedule of their rows; empty of one node that computes all rows at once
 */
record Segment(List<Integer> nodes, Optional<RowSchedule> schedule) {
    /** A node that computes all rows at once. */
    static Segment whole(int node) {
        return new Segment(List.of(node), Optional.empty());
    }

    /** Adds the calls of the pass. */
    void addCalls(Dataflow graph, int pass, List<Call> calls) {
        if (schedule.isPresent()) {
            schedule.get().addCalls(graph, pass, calls);
        } else {
            int node = nodes.get(0);
            calls.add(new Call(pass, node, 0, graph.outputRows(node), true));
        }
    }

    /** What streaming costs beside memory, in operators that are called for each row. */
    int streamedNodes() {
        return schedule.isPresent() ? nodes.size() : 0;
    }
}
