package org.tinytune.cli.analyze;

import static org.tinytune.cli.output.Table.left;
import static org.tinytune.cli.output.Table.right;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.tinytune.cli.model.KernelName;
import org.tinytune.cli.model.TargetPlan;
import org.tinytune.cli.output.Quantities;
import org.tinytune.cli.output.ShortName;
import org.tinytune.cli.output.Table;
import org.tinytune.core.board.Board;
import org.tinytune.core.cost.InferenceAnalysis;
import org.tinytune.core.cost.InferenceAnalysis.NodeTime;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Node;
import org.tinytune.core.plan.Plan;
import org.tinytune.runtimegen.BoardPlan;

/**
 * Where the time of an inference on a board goes, as JSON shows it.
 *
 * @param latencySource where the times come from
 * @param latencyRelativeError one standard deviation of predicted over measured latency
 * @param uncalibratedKernels those that were not measured: their times are guesses
 * @param roofline null if the board's file does not state a peak
 * @param invokeMicros what an inference takes beside its operators, in microseconds
 * @param total of all operators, and the time of the whole inference
 * @param memory whether its firmware fits
 * @param concessions kernels that are not the fastest, so that it does; null if all are
 * @param arena where its tensors lie
 */
record BoardReport(
        String model,
        String board,
        long clockHz,
        String latencySource,
        double latencyRelativeError,
        SortedSet<String> uncalibratedKernels,
        Optional<RooflineReport> roofline,
        List<Operator> operators,
        double invokeMicros,
        double invokeShare,
        Figures total,
        MemoryReport memory,
        Optional<ConcessionsReport> concessions,
        ArenaReport arena) {

    /**
     * A node of the graph.
     *
     * @param kernel the variant that computes it
     */
    record Operator(
            int node,
            String operator,
            String output,
            String kernel,
            @JsonUnwrapped Figures figures) {}

    static BoardReport of(String model, Graph whole, Board board) {
        BoardPlan plan = TargetPlan.of(whole, board).onBoard().orElseThrow();
        Graph graph = plan.graph();
        InferenceAnalysis analysis = InferenceAnalysis.of(graph, plan.plan(), board);
        Map<Integer, String> kernels = kernels(plan.plan());
        double micros = analysis.micros();
        List<Operator> operators = new ArrayList<>();
        for (int n = 0; n < graph.nodes().size(); n++) {
            Node<?> node = graph.nodes().get(n);
            NodeTime time = analysis.nodes().get(n);
            operators.add(new Operator(
                    n,
                    node.operator().name(),
                    graph.tensor(node.output()).name(),
                    kernels.get(n),
                    Figures.of(time.work(), time.micros(), micros, analysis.roofline())));
        }
        return new BoardReport(
                model,
                board.id(),
                board.mcu().clockHz(),
                board.latency().source(),
                board.latency().relativeError(),
                analysis.uncalibrated(),
                analysis.roofline()
                        .map(r ->
                                RooflineReport.of(r, board.peak().orElseThrow().source())),
                operators,
                analysis.invokeMicros(),
                analysis.invokeMicros() / micros,
                Figures.of(analysis.work(), micros, micros, analysis.roofline()),
                MemoryReport.of(plan, board),
                ConcessionsReport.of(plan, board),
                ArenaReport.of(graph, plan.plan()));
    }

    private static Map<Integer, String> kernels(Plan plan) {
        return plan.steps().stream().collect(Collectors.toMap(Plan.Step::node, step -> KernelName.of(step.variant())));
    }

    String text() {
        Table table = new Table(
                right("#"),
                left("operator"),
                left("output"),
                left("kernel"),
                right("MACs"),
                right("bytes"),
                right("MACs/B"),
                right("time"),
                right("share"),
                left("bound by"),
                right("of roof"));
        operators.forEach(operator -> addRow(table, operator));
        table.row(
                "",
                "each inference",
                "",
                "",
                "",
                "",
                "",
                Quantities.duration(invokeMicros),
                Cells.share(invokeShare),
                "",
                "");
        table.row(
                "",
                "all",
                "",
                "",
                Cells.macs(total),
                Cells.bytes(total),
                Cells.intensity(total),
                Quantities.duration(total.micros()),
                Cells.share(total.share()),
                "",
                "");
        return table.text() + "\n" + latency()
                + roofline.map(r -> r.text() + Cells.legend(r.ridge())).orElseGet(this::noRoofline)
                + memory.text() + concessions.map(ConcessionsReport::text).orElse("") + "\n" + arena.text();
    }

    private static void addRow(Table table, Operator operator) {
        Figures figures = operator.figures();
        table.row(
                Integer.toString(operator.node()),
                operator.operator(),
                ShortName.of(operator.output()),
                operator.kernel(),
                Cells.macs(figures),
                Cells.bytes(figures),
                Cells.intensity(figures),
                Quantities.duration(figures.micros()),
                Cells.share(figures.share()),
                Cells.bound(figures),
                Cells.ofRoofline(figures));
    }

    private String latency() {
        return String.format(
                Locale.ROOT,
                "latency on %s at %s: %s, error %.1f %% (one standard deviation)%s\n",
                board,
                Quantities.megahertz(clockHz),
                latencySource,
                100 * latencyRelativeError,
                uncalibratedKernels.isEmpty()
                        ? ""
                        : "; not measured, so rough estimates: " + String.join(", ", uncalibratedKernels));
    }

    private String noRoofline() {
        return "roofline: n/a, boards/" + board + ".toml has no [peak]\n";
    }
}
