package org.tinytune.cli.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tinytune.core.board.Board;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.plan.Plan;
import org.tinytune.nas.SearchResult;
import org.tinytune.train.Epoch;

/** What the report's page draws, beside the summary. */
record ReportData(
        SearchSummary summary,
        String datasetName,
        String boardName,
        String latencySource,
        List<Epoch> history,
        Confusion confusion,
        Arena arena,
        List<OperatorRow> operators,
        String provenanceLine) {

    /** Counts by actual and predicted class. */
    record Confusion(List<String> labels, List<List<Integer>> counts) {}

    /** The arena over time: one entry a step, one box a tensor. */
    record Arena(int bytes, List<String> steps, List<Box> tensors) {}

    /** Where a tensor lies, and when. */
    record Box(String name, int offset, int bytes, int firstStep, int lastStep) {}

    /** One step of an inference. */
    record OperatorRow(int step, String operator, String shape, long macs, long weightBytes) {}

    static ReportData of(SearchSummary summary, SearchResult result, Board board, String provenanceLine) {
        Graph graph = result.model().int8Graph();
        return new ReportData(
                summary,
                result.dataset().card().name(),
                board.name(),
                summary.profile().latencyMicros().isPresent() ? "measured" : "predicted",
                result.model().history(),
                new Confusion(graph.metadata().labels(), result.int8Test().confusion()),
                arena(graph, result.plan()),
                operators(graph),
                provenanceLine);
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
