package org.tinytune.cli;

import static org.tinytune.cli.output.Table.left;
import static org.tinytune.cli.output.Table.right;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.tinytune.cli.model.AnomalyDetector;
import org.tinytune.cli.model.Estimator;
import org.tinytune.cli.model.MetricTables;
import org.tinytune.cli.model.ModelArgument;
import org.tinytune.cli.model.SampleEncoder;
import org.tinytune.cli.model.SeededInputs;
import org.tinytune.cli.output.Output;
import org.tinytune.cli.output.Table;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.sim.Simulator;
import org.tinytune.data.reader.Sample;
import org.tinytune.data.reader.SampleReader;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs one inference as a board would, and shows every byte of it. */
@Command(name = "simulate", description = "Run one inference as a board would, and show the output's bytes.")
final class SimulateCommand implements Callable<Integer> {
    private static final String RAW = ".bin";

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
                        "A sample (CSV or image), or the bytes of the input tensor in a file that ends in " + RAW + ".")
        private Path file;

        @Option(names = "--seed", paramLabel = "S", description = "Seed of noise as input (default: 1).")
        private long seed = 1;
    }

    @Option(names = "--operators", description = "Show the CRC-32 of every operator's output, too.")
    private boolean operators;

    @Mixin
    private Output output;

    /**
     * What was computed, as JSON shows it.
     *
     * @param input what it was computed from
     * @param outputs of the graph
     * @param operators all outputs of all operators, in the order in which they ran; null if not asked for
     * @param quantities what the bytes say if the model is a regression; otherwise null
     * @param anomaly what they say of a sample if the model finds anomalies; otherwise null
     */
    private record Report(
            String model,
            String input,
            List<OutputBytes> outputs,
            List<OperatorCrc> operators,
            Optional<List<Estimator.Quantity>> quantities,
            Optional<AnomalyDetector.Verdict> anomaly) {}

    /**
     * What goes in.
     *
     * @param tensors bytes of the inputs
     * @param sample raw values that they were made of, if any
     */
    private record Inputs(List<byte[]> tensors, Optional<float[]> sample) {}

    private record OutputBytes(String tensor, List<Integer> shape, List<Integer> bytes) {}

    /** The CRC-32 is that of the profiling firmware's trace: 8 hexadecimal digits. */
    private record OperatorCrc(int operator, String name, String tensor, List<Integer> shape, String crc32) {}

    @Override
    public Integer call() throws IOException {
        Graph graph = model.loadInt8();
        List<OperatorCrc> crcs = new ArrayList<>();
        Inputs inputs = inputs(graph);
        Simulator simulator = Simulator.of(graph);
        List<byte[]> outputs = simulator.run(
                lastStep(simulator, inputs.tensors()),
                (node, tensor, bytes) -> crcs.add(crc(graph, node, graph.tensor(tensor), bytes)));
        List<OutputBytes> shown = IntStream.range(0, outputs.size())
                .mapToObj(i -> outputBytes(graph.tensor(graph.outputs().get(i)), outputs.get(i)))
                .toList();
        TaskKind task = TaskKind.of(graph.metadata());
        Report report = new Report(
                model.path().toString(),
                describeInput(),
                shown,
                operators ? crcs : null,
                task == TaskKind.REGRESSION
                        ? Optional.of(new Estimator(graph).quantities(outputs.get(0)))
                        : Optional.empty(),
                inputs.sample()
                        .filter(raw -> task == TaskKind.ANOMALY_DETECTION
                                && raw.length == graph.output().shape().elements())
                        .map(raw -> new AnomalyDetector(graph).verdict(raw, outputs.get(0))));
        output.print(report, () -> text(report));
        return ExitCode.OK.code();
    }

    /** Runs all steps of a sample but the last, whose inputs it returns. */
    private static List<byte[]> lastStep(Simulator simulator, List<byte[]> inputs) {
        byte[] steps = inputs.get(0);
        int bytes = simulator.graph().input().bytes();
        if (inputs.size() > 1 || steps.length == bytes) {
            return inputs;
        }
        int last = steps.length - bytes;
        simulator.runSample(Arrays.copyOf(steps, last));
        return List.of(Arrays.copyOfRange(steps, last, steps.length));
    }

    private Inputs inputs(Graph graph) throws IOException {
        if (input.file == null) {
            return new Inputs(SeededInputs.of(graph, new SplittableRandom(input.seed)), Optional.empty());
        }
        SampleEncoder encoder = SampleEncoder.of(graph);
        if (input.file.toString().endsWith(RAW)) {
            byte[] bytes = Files.readAllBytes(input.file);
            boolean steps = graph.hasState()
                    && bytes.length > 0
                    && bytes.length % graph.input().bytes() == 0;
            if (!steps && bytes.length != graph.input().bytes()) {
                throw invalid("has " + bytes.length + " bytes, the input tensor "
                        + graph.input().shape() + " has " + graph.input().bytes());
            }
            return new Inputs(List.of(bytes), Optional.empty());
        }
        List<String> targets = TaskKind.of(graph.metadata()) == TaskKind.REGRESSION
                ? graph.metadata().labels()
                : List.of();
        List<Sample> samples = new SampleReader(encoder.sampleShape(), encoder.rawRange(), targets).read(input.file);
        if (samples.size() != 1) {
            throw invalid("holds " + samples.size() + " samples (give one, or use tinytune predict)");
        }
        float[] values = samples.get(0).values();
        return new Inputs(List.of(encoder.encode(values)), Optional.of(values));
    }

    private TinytuneException invalid(String what) {
        return new TinytuneException(ExitCode.INVALID_INPUT, input.file + " " + what);
    }

    private String describeInput() {
        return input.file == null ? "noise of seed " + input.seed : input.file.toString();
    }

    private static OperatorCrc crc(Graph graph, int node, Tensor tensor, byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return new OperatorCrc(
                node,
                graph.nodes().get(node).operator().name(),
                tensor.name(),
                shape(tensor),
                String.format(Locale.ROOT, "%08x", crc.getValue()));
    }

    private static OutputBytes outputBytes(Tensor tensor, byte[] bytes) {
        return new OutputBytes(
                tensor.name(),
                shape(tensor),
                IntStream.range(0, bytes.length).mapToObj(i -> (int) bytes[i]).toList());
    }

    private static List<Integer> shape(Tensor tensor) {
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
                        row.tensor(),
                        row.shape().toString(),
                        row.crc32());
            }
            text.append(table.text()).append('\n');
        }
        for (OutputBytes shown : report.outputs()) {
            text.append(shown.tensor()).append(' ').append(shown.shape()).append('\n');
            text.append(shown.bytes().stream().map(b -> Integer.toString(b)).collect(Collectors.joining(" ")));
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
