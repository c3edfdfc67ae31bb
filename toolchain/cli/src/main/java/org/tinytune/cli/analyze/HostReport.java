package org.tinytune.cli.analyze;

import static org.tinytune.cli.output.Table.left;
import static org.tinytune.cli.output.Table.right;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.tinytune.cli.output.Quantities;
import org.tinytune.cli.output.ShortName;
import org.tinytune.cli.output.Table;
import org.tinytune.core.cost.Roofline;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Node;
import org.tinytune.train.analysis.StepAnalysis;
import org.tinytune.train.analysis.StepAnalysis.NodeStep;
import org.tinytune.train.analysis.StepAnalysis.PassTime;
import org.tinytune.train.network.NetworkOptions.Arithmetic;

/**
 * Where the time of training on this machine goes, as JSON shows it. Times of operators are those of all threads
 * together.
 *
 * @param sequence steps of a sample; 1 of a model without states
 * @param vectors what the kernels compute with
 * @param roofline of all threads together
 */
record HostReport(String model, int sequence, int threads, String vectors, RooflineReport roofline, List<Step> steps) {
    private static final double MICROS_PER_SECOND = 1e6;

    /**
     * A step of training.
     *
     * @param arithmetic {@code float32} or {@code qat}
     * @param stepMicros from begin to end, in microseconds
     * @param otherMicros loss, optimizer and waiting, of all threads together
     * @param total of all operators, and the time of the whole step, of all threads together
     */
    record Step(
            String arithmetic,
            int batch,
            double stepMicros,
            double samplesPerSecond,
            List<Operator> operators,
            double otherMicros,
            double otherShare,
            Figures total) {

        static Step of(StepAnalysis step, Graph graph, Roofline roofline) {
            Optional<Roofline> ofThread = Optional.of(new Roofline(
                    roofline.macsPerSecond() / step.threads(), roofline.bytesPerSecond() / step.threads()));
            double whole = step.threadMicros();
            double other = Math.max(0, whole - step.total().threadMicros());
            return new Step(
                    step.arithmetic() == Arithmetic.INT8 ? "qat" : "float32",
                    step.batch(),
                    step.stepMicros(),
                    step.batch() / step.stepMicros() * MICROS_PER_SECOND,
                    step.nodes().stream()
                            .map(node -> Operator.of(node, graph, whole, ofThread))
                            .toList(),
                    other,
                    other / whole,
                    Figures.of(step.total().work(), whole, whole, ofThread));
        }
    }

    /**
     * A node of the graph in training.
     *
     * @param both passes
     */
    record Operator(int node, String operator, String output, Figures forward, Figures backward, Figures both) {
        static Operator of(NodeStep step, Graph graph, double whole, Optional<Roofline> roofline) {
            Node<?> node = graph.nodes().get(step.node());
            return new Operator(
                    step.node(),
                    node.operator().name(),
                    graph.tensor(node.output()).name(),
                    figures(step.forward(), whole, roofline),
                    figures(step.backward(), whole, roofline),
                    figures(step.both(), whole, roofline));
        }

        private static Figures figures(PassTime pass, double whole, Optional<Roofline> roofline) {
            return Figures.of(pass.work(), pass.threadMicros(), whole, roofline);
        }
    }

    String text() {
        return String.format(Locale.ROOT, "this machine, threads: %d, vectors: %s\n", threads, vectors)
                + (sequence == 1 ? "" : "samples are sequences of " + sequence + " steps\n")
                + roofline.text()
                + Cells.legend(roofline.ridge())
                + steps.stream().map(this::text).collect(Collectors.joining());
    }

    private String text(Step step) {
        Table table = new Table(
                right("#"),
                left("operator"),
                left("output"),
                right("MACs"),
                right("bytes"),
                right("MACs/B"),
                right("forward"),
                right("backward"),
                right("share"),
                left("bound by"),
                right("of roof"));
        step.operators().forEach(operator -> addRow(table, operator));
        table.row(
                "",
                "loss, optimizer, waiting",
                "",
                "",
                "",
                "",
                "",
                Quantities.duration(step.otherMicros()),
                Cells.share(step.otherShare()),
                "",
                "");
        addTotal(table, step.total());
        return String.format(
                        Locale.ROOT,
                        "\n%s, batch %d: %s a step, %s samples/s%s\n",
                        step.arithmetic(),
                        step.batch(),
                        Quantities.duration(step.stepMicros()),
                        Quantities.count(Math.round(step.samplesPerSecond())),
                        threads == 1 ? "" : "; times of " + threads + " threads together")
                + table.text();
    }

    private static void addRow(Table table, Operator operator) {
        Figures both = operator.both();
        table.row(
                Integer.toString(operator.node()),
                operator.operator(),
                ShortName.of(operator.output()),
                Cells.macs(both),
                Cells.bytes(both),
                Cells.intensity(both),
                Quantities.duration(operator.forward().micros()),
                Quantities.duration(operator.backward().micros()),
                Cells.share(both.share()),
                Cells.bound(both),
                Cells.ofRoofline(both));
    }

    private static void addTotal(Table table, Figures total) {
        table.row(
                "",
                "all",
                "",
                Cells.macs(total),
                Cells.bytes(total),
                Cells.intensity(total),
                "",
                Quantities.duration(total.micros()),
                Cells.share(total.share()),
                "",
                Cells.ofRoofline(total));
    }
}
