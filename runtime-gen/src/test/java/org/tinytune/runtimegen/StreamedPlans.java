package org.tinytune.runtimegen;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.RowWindow;
import org.tinytune.core.plan.Plan;
import org.tinytune.core.plan.Plan.Allocation;
import org.tinytune.core.plan.Plan.Step;
import org.tinytune.core.plan.Planner;
import org.tinytune.core.plan.TargetCosts;

/**
 * Plans that compute every row as late as they can, so that every tensor is held in as few rows as possible. For tests
 * of kernels: nothing shares memory.
 */
final class StreamedPlans {
    private final Graph graph;
    private final TargetCosts costs;
    private final int[] producer;
    private final int[] nextRow;
    private final int[] ringRows;
    private final List<Step> steps = new ArrayList<>();

    private StreamedPlans(Graph graph, TargetCosts costs) {
        this.graph = graph;
        this.costs = costs;
        producer = new int[graph.tensors().size()];
        Arrays.fill(producer, -1);
        nextRow = new int[graph.nodes().size()];
        ringRows = new int[graph.tensors().size()];
        for (int n = 0; n < graph.nodes().size(); n++) {
            producer[graph.nodes().get(n).output()] = n;
        }
    }

    static Plan of(Graph graph, TargetCosts costs) {
        StreamedPlans plan = new StreamedPlans(graph, costs);
        for (int output : graph.outputs()) {
            plan.produce(plan.producer[output], plan.rows(plan.producer[output]));
        }
        // Rows that nobody needs, as below the last window of a convolution.
        for (int n = 0; n < graph.nodes().size(); n++) {
            plan.produce(n, plan.rows(n));
        }
        return plan.layout();
    }

    private int rows(int node) {
        return graph.tensor(graph.nodes().get(node).output()).shape().rows();
    }

    /** Computes rows of a node until so many are done, each after the rows that it needs. */
    private void produce(int n, int rows) {
        Node<?> node = graph.nodes().get(n);
        RowWindow window = graph.rowWindow(node);
        String variant = costs.variants(graph, node).get(0);
        while (nextRow[n] < rows) {
            int y = nextRow[n];
            for (int input : node.inputs()) {
                if (input != Node.ABSENT && producer[input] >= 0) {
                    produce(producer[input], Math.min(window.end(y), rows(producer[input])));
                }
            }
            hold(n);
            steps.add(new Step(n, y, y + 1, variant, 0, costs.scratchBytes(graph, node, variant)));
            nextRow[n]++;
        }
    }

    /** Widens the ring of a node's output to hold its next row beside those that are still needed. */
    private void hold(int n) {
        int output = graph.nodes().get(n).output();
        int oldest = nextRow[n];
        for (int c = 0; c < graph.nodes().size(); c++) {
            Node<?> consumer = graph.nodes().get(c);
            if (consumer.inputs().contains(output) && nextRow[c] < rows(c)) {
                oldest = Math.min(oldest, graph.rowWindow(consumer).first(nextRow[c]));
            }
        }
        ringRows[output] = Math.max(ringRows[output], nextRow[n] + 1 - oldest);
    }

    private Plan layout() {
        SortedMap<Integer, Allocation> allocations = new TreeMap<>();
        int end = steps.stream().mapToInt(Step::scratchBytes).max().orElse(0);
        int alignment = Planner.elementAlignment(graph);
        for (int t = 0; t < graph.tensors().size(); t++) {
            if (graph.tensor(t).isConstant()) {
                continue;
            }
            boolean whole = producer[t] < 0 || graph.outputs().contains(t);
            int rows = whole ? graph.tensor(t).shape().rows() : ringRows[t];
            int bytes = rows * graph.tensor(t).rowBytes();
            end = (end + alignment - 1) / alignment * alignment;
            allocations.put(t, new Allocation(end, bytes, rows, -1, steps.size()));
            end += bytes;
        }
        return Plan.ofSteps(end, end, steps, allocations);
    }
}
