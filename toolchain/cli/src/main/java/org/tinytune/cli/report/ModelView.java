package org.tinytune.cli.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.plan.ArenaUse;
import org.tinytune.core.plan.Plan;

/**
 * What a report shows of a model.
 *
 * @param confusion of the test part, where the task knows classes
 * @param arena how the model uses its memory
 * @param operators what it computes
 */
public record ModelView(Optional<Confusion> confusion, Arena arena, List<OperatorRow> operators) {
    /** How often class i was taken for class j, by i and j. */
    public record Confusion(List<String> labels, List<List<Integer>> counts) {}

    private static final int COLUMNS_PER_STEP = 8;

    /**
     * The arena over time: one entry a step, one shape a tensor.
     *
     * @param lowerBoundBytes no layout of these steps needs less
     * @param unstreamedBytes what the arena would be if every operator computed all its rows at once
     * @param columnsPerStep how many columns of a shape are one step
     */
    public record Arena(
            int bytes,
            int lowerBoundBytes,
            int unstreamedBytes,
            List<String> steps,
            int columnsPerStep,
            List<Box> tensors) {}

    /**
     * Where a tensor lies, and when.
     *
     * @param firstColumn the first at which any of its bytes are in use
     * @param begins the first byte in use in each column from then on
     * @param ends one past the last
     */
    public record Box(
            String name,
            int offset,
            int bytes,
            int firstStep,
            int lastStep,
            int firstColumn,
            List<Integer> begins,
            List<Integer> ends) {}

    /** One step of an inference. */
    public record OperatorRow(int step, String operator, String shape, long macs, long weightBytes) {}

    /**
     * The view of a model.
     *
     * @param graph in INT8
     * @param plan how it runs
     * @param confusion how often each class was taken for which, where the task knows any
     */
    public static ModelView of(Graph graph, Plan plan, Optional<Confusion> confusion) {
        return new ModelView(confusion, arena(graph, plan), operators(graph));
    }

    private static Arena arena(Graph graph, Plan plan) {
        ArenaUse use = new ArenaUse(graph, plan, COLUMNS_PER_STEP);
        List<Box> boxes = new ArrayList<>();
        for (Map.Entry<Integer, Plan.Allocation> entry : plan.allocations().entrySet()) {
            boxes.add(box(graph, entry.getKey(), entry.getValue(), use));
        }
        List<String> steps = plan.steps().stream()
                .map(step -> graph.nodes().get(step.node()).operator().name())
                .toList();
        return new Arena(
                plan.arenaBytes(), plan.lowerBoundBytes(), plan.unstreamedBytes(), steps, COLUMNS_PER_STEP, boxes);
    }

    private static Box box(Graph graph, int tensor, Plan.Allocation a, ArenaUse use) {
        int[] used = IntStream.range(0, use.columns())
                .filter(column -> !use.range(tensor, column).isEmpty())
                .toArray();
        int first = used.length == 0 ? 0 : used[0];
        int end = used.length == 0 ? 0 : used[used.length - 1] + 1;
        List<Integer> begins = new ArrayList<>();
        List<Integer> ends = new ArrayList<>();
        for (int column = first; column < end; column++) {
            ArenaUse.Range range = use.range(tensor, column);
            // Nothing is in use between two rows that nobody reads.
            begins.add(range.isEmpty() ? a.offset() : range.begin());
            ends.add(range.isEmpty() ? a.offset() : range.end());
        }
        String name = graph.tensor(tensor).name();
        return new Box(name, a.offset(), a.bytes(), a.firstStep(), a.lastStep(), first, begins, ends);
    }

    private static List<OperatorRow> operators(Graph graph) {
        List<OperatorRow> rows = new ArrayList<>();
        for (Node<?> node : graph.nodes()) {
            Operands operands = graph.operands(node);
            long weights = operands.inputs().stream()
                    .filter(t -> t != null && t.isConstant())
                    .mapToLong(Tensor::bytes)
                    .sum();
            rows.add(new OperatorRow(
                    rows.size(),
                    node.operator().name(),
                    operands.output().shape().toString(),
                    graph.cost(node).macs(),
                    weights));
        }
        return rows;
    }
}
