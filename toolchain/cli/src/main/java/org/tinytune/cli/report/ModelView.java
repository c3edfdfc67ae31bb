package org.tinytune.cli.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Tensor;
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

    /** The arena over time: one entry a step, one box a tensor. */
    public record Arena(int bytes, List<String> steps, List<Box> tensors) {}

    /** Where a tensor lies, and when. */
    public record Box(String name, int offset, int bytes, int firstStep, int lastStep) {}

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
        List<Box> boxes = new ArrayList<>();
        for (Map.Entry<Integer, Plan.Allocation> entry : plan.allocations().entrySet()) {
            Plan.Allocation a = entry.getValue();
            boxes.add(new Box(graph.tensor(entry.getKey()).name(), a.offset(), a.bytes(), a.firstStep(), a.lastStep()));
        }
        List<String> steps = plan.steps().stream()
                .map(step -> graph.nodes().get(step.node()).operator().name())
                .toList();
        return new Arena(plan.arenaBytes(), steps, boxes);
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
