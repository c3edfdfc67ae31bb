package org.tinytune.cli;

import static org.tinytune.cli.output.Table.left;
import static org.tinytune.cli.output.Table.right;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.tinytune.cli.model.AnomalyDetector;
import org.tinytune.cli.model.Estimator;
import org.tinytune.cli.model.MetricTables;
import org.tinytune.cli.model.ModelArgument;
import org.tinytune.cli.model.ModelInputs;
import org.tinytune.cli.model.OwnRecordingOptions;
import org.tinytune.cli.model.OwnSamples;
import org.tinytune.cli.output.Output;
import org.tinytune.cli.output.ShortName;
import org.tinytune.cli.output.Table;
import org.tinytune.core.ExitCode;
import org.tinytune.core.channel.ConstantChannels;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.sim.Simulator;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Elements;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs one inference as a board would, and shows every integer of it. */
@Command(name = "simulate", description = "Run one inference as a board would, and show the output's integers.")
final class SimulateCommand implements Callable<Integer> {
    @Mixin
    private ModelArgument model;

    @ArgGroup
    private Input input = new Input();

    /** One or none of the two. */
    private static final class Input {
        @Option(
                names = "--input",
                paramLabel = "FILE",
                description =
                        "A sample (CSV or image), a recording (WAV, CSV, NPY, Edge Impulse), or the bytes of the input tensor (int16 little endian) in a file"
                                + " that ends in " + ModelInputs.RAW + ".")
        private Path file;

        @Option(names = "--seed", paramLabel = "S", description = "Seed of noise as input (default: 1).")
        private long seed = 1;
    }

    @Option(
            names = "--at",
            paramLabel = "SECONDS",
            description = "Which window of a recording: the one that begins there or just before (default: 0).")
    private double seconds;

    @Mixin
    private OwnRecordingOptions recordings;

    @Option(
            names = {"--crc", "--operators"},
            description = "Show the CRC-32 of every operator's output, too: what <name>_operator_crc() of a C library"
                    + " that is compiled with TT_CRC has to say on the board.")
    private boolean operators;

    @Mixin
    private Output output;

    /**
     * What was computed, as JSON shows it.
     *
     * @param input what it was computed from
     * @param outputs of the graph
     * @param operators all outputs of all operators, in the order in which they ran; null if not asked for
     * @param quantities what the outputs say if the model is a regression; otherwise null
     * @param anomaly what they say of a sample if the model finds anomalies; otherwise null
     */
    private record Report(
            String model,
            String input,
            List<OutputValues> outputs,
            List<OperatorCrc> operators,
            Optional<List<Estimator.Quantity>> quantities,
            Optional<AnomalyDetector.Verdict> anomaly) {}

    /**
     * An output.
     *
     * @param type of its elements, as the file names it
     * @param values its elements, in row-major order
     * @param bytes the same under the name that they had when all models were int8; null of any other type
     */
    private record OutputValues(
            String tensor, List<Integer> shape, ElementType type, List<Integer> values, Optional<List<Integer>> bytes) {

        static OutputValues of(Tensor tensor, byte[] memory) {
            Elements elements = Elements.of(tensor.type());
            List<Integer> values = IntStream.range(0, memory.length / elements.bytes())
                    .mapToObj(i -> elements.get(memory, 0, i))
                    .toList();
            Optional<List<Integer>> bytes = tensor.type() == ElementType.INT8 ? Optional.of(values) : Optional.empty();
            return new OutputValues(tensor.name(), dims(tensor), tensor.type(), values, bytes);
        }
    }

    /** The CRC-32 is that of the profiling firmware's trace: 8 hexadecimal digits. */
    private record OperatorCrc(int operator, String name, String tensor, List<Integer> shape, String crc32) {}

    @Override
    public Integer call() {
        Graph whole = model.loadInt8();
        // A C library leaves these channels out as well, and has the checksums of what is left.
        Graph graph = operators ? ConstantChannels.leftOut(whole) : whole;
        List<OperatorCrc> crcs = new ArrayList<>();
        ModelInputs inputs = input.file == null ? ModelInputs.noise(graph, input.seed) : read(graph);
        Simulator simulator = Simulator.of(graph);
        List<byte[]> outputs = List.of();
        for (List<byte[]> step : inputs.steps(graph)) {
            crcs.clear();
            outputs = simulator.run(
                    step, (node, tensor, bytes) -> crcs.add(crc(graph, node, graph.tensor(tensor), bytes)));
        }
        List<byte[]> last = outputs;
        List<OutputValues> shown = IntStream.range(0, last.size())
                .mapToObj(i -> OutputValues.of(graph.tensor(graph.outputs().get(i)), last.get(i)))
                .toList();
        TaskKind task = TaskKind.of(graph.metadata());
        Report report = new Report(
                model.path().toString(),
                inputs.title(),
                shown,
                operators ? crcs : null,
                task == TaskKind.REGRESSION
                        ? Optional.of(new Estimator(graph).quantities(last.get(0)))
                        : Optional.empty(),
                inputs.sample()
                        .filter(raw -> task == TaskKind.ANOMALY_DETECTION
                                && raw.length == graph.output().shape().elements())
                        .map(raw -> new AnomalyDetector(graph).verdict(raw, last.get(0))));
        output.print(report, () -> text(report));
        return ExitCode.OK.code();
    }

    private ModelInputs read(Graph graph) {
        OwnSamples reader = OwnSamples.of(
                graph,
                Optional.of(model.path()),
                recordings.recordings(),
                note -> System.err.println("tinytune: note: " + note));
        return ModelInputs.read(graph, input.file, reader, seconds);
    }

    private static OperatorCrc crc(Graph graph, int node, Tensor tensor, byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return new OperatorCrc(
                node,
                graph.nodes().get(node).operator().name(),
                tensor.name(),
                dims(tensor),
                String.format(Locale.ROOT, "%08x", crc.getValue()));
    }

    private static List<Integer> dims(Tensor tensor) {
        return IntStream.of(tensor.shape().dims()).boxed().toList();
    }

    private static String text(Report report) {
        StringBuilder text = new StringBuilder();
        if (report.operators() != null) {
            Table table = new Table(right("#"), left("operator"), left("output"), left("shape"), left("CRC-32"));
            for (OperatorCrc row : report.operators()) {
                table.row(
                        Integer.toString(row.operator()),
                        row.name(),
                        ShortName.of(row.tensor()),
                        row.shape().toString(),
                        row.crc32());
            }
            text.append(table.text()).append('\n');
        }
        for (OutputValues shown : report.outputs()) {
            text.append(shown.tensor()).append(' ').append(shown.shape()).append('\n');
            text.append(shown.values().stream().map(v -> Integer.toString(v)).collect(Collectors.joining(" ")));
            text.append('\n');
        }
        report.quantities()
                .ifPresent(quantities -> text.append('\n')
                        .append(quantities.stream()
                                .map(q -> q.name() + " = " + MetricTables.number(q.value()))
                                .collect(Collectors.joining(", ", "", "\n"))));
        report.anomaly().ifPresent(verdict -> text.append('\n').append(text(verdict)));
        return text.toString();
    }

    private static String text(AnomalyDetector.Verdict verdict) {
        String limit = verdict.threshold()
                .map(threshold -> (verdict.error() > threshold ? ", an anomaly: above " : ", normal: at most ")
                        + MetricTables.number(threshold))
                .orElse("");
        return "reconstruction error " + MetricTables.number(verdict.error()) + limit + "\n";
    }
}
