package org.tinytune.cli.predict;

import static org.tinytune.cli.output.Table.left;
import static org.tinytune.cli.output.Table.right;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.tinytune.cli.model.AnomalyDetector;
import org.tinytune.cli.model.Classifier;
import org.tinytune.cli.model.ContinuousOptions;
import org.tinytune.cli.model.Estimator;
import org.tinytune.cli.model.MetricTables;
import org.tinytune.cli.model.ModelArgument;
import org.tinytune.cli.model.OwnRecordingOptions;
import org.tinytune.cli.model.OwnSamples;
import org.tinytune.cli.model.SampleEncoder;
import org.tinytune.cli.output.Output;
import org.tinytune.cli.output.Quantities;
import org.tinytune.cli.output.Table;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.core.graph.SignalFacts;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.core.op.slide.ContinuousGraph;
import org.tinytune.core.sim.Simulator;
import org.tinytune.data.reader.Sample;
import org.tinytune.data.reader.SignalReader;
import org.tinytune.data.recording.RecordingOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Says what a model makes of the user's own samples, as the board would. */
@Command(
        name = "predict",
        description =
                "Classify your own samples, or tell their numbers or whether they are anomalies, byte for byte as a"
                        + " board would.")
public final class PredictCommand implements Callable<Integer> {
    private static final int SHOWN_CLASSES = 3;

    @Mixin
    private ModelArgument model;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "FILE",
            description =
                    "CSV files with one sample a row, or with one image as it looks; PNG, BMP and JPEG images of the"
                            + " model's size; or recordings (WAV, CSV with times, NPY, Edge Impulse), of which each"
                            + " window is a sample.")
    private List<Path> files;

    @Mixin
    private OwnRecordingOptions recordings;

    @Mixin
    private ContinuousOptions continuous;

    @Mixin
    private Output output;

    private record Report(String model, List<Prediction> predictions) {}

    /**
     * What is recognised in recordings.
     *
     * @param hopSeconds from one result to the next
     * @param windowSeconds that a result is of
     * @param trigger what makes an event
     */
    private record StreamReport(
            String model,
            double hopSeconds,
            double windowSeconds,
            StreamEvents.Rule trigger,
            List<StreamEvents.Heard> recordings) {}

    /**
     * What the model makes of a sample: what is of another task is null.
     *
     * @param sample the file, and the line or the time if it holds several
     * @param seconds when it begins, if it is a window of a recording
     * @param label the class with the highest probability
     * @param probability of that class
     * @param expected what the file says that it is, where it does
     * @param top the classes with the highest probabilities, best first
     * @param quantities of a regression
     * @param anomaly whether it is one
     */
    private record Prediction(
            String sample,
            OptionalDouble seconds,
            Optional<String> label,
            Optional<Double> probability,
            Optional<String> expected,
            Optional<List<Classifier.Score>> top,
            Optional<List<Estimator.Quantity>> quantities,
            Optional<AnomalyDetector.Verdict> anomaly) {}

    /** Makes a prediction of a sample and the bytes of the model's output. */
    @FunctionalInterface
    private interface Predictor {
        Prediction of(Sample sample, byte[] output);
    }

    @Override
    public Integer call() {
        Graph graph = model.loadInt8();
        RecordingOptions said = recordings.recordings();
        Optional<ContinuousGraph> stream = continuous.of(graph);
        if (stream.isPresent()) {
            hear(graph, stream.get(), said);
            return ExitCode.OK.code();
        }
        TaskKind task = TaskKind.of(graph.metadata());
        SampleEncoder encoder = SampleEncoder.of(graph);
        Predictor predictor = predictor(task, graph);
        Simulator simulator = Simulator.of(graph);
        OwnSamples reader = OwnSamples.of(graph, Optional.of(model.path()), said, PredictCommand::note);
        List<Prediction> predictions = new ArrayList<>();
        for (Path file : files) {
            List<Sample> samples = reader.read(file);
            noteUnusualValues(file, samples, graph.metadata().encoding());
            for (Sample sample : samples) {
                predictions.add(predictor.of(sample, simulator.runSample(encoder.encode(sample.values()))));
            }
        }
        Report report = new Report(model.path().toString(), predictions);
        output.print(report, () -> text(task, predictions));
        return ExitCode.OK.code();
    }

    private void hear(Graph graph, ContinuousGraph stream, RecordingOptions said) {
        if (said.windows().stride().isPresent()) {
            throw new TinytuneException(
                    ExitCode.USAGE, "--window-stride is about windows on their own (with --continuous, say --hop)");
        }
        SignalReader reader = OwnSamples.stream(graph, stream.hop(), model.path(), said, PredictCommand::note);
        double rateHz = SignalFacts.of(graph.metadata()).rateHz().orElseThrow();
        StreamEvents events = new StreamEvents(stream, rateHz, new Classifier(graph).labels());
        List<StreamEvents.Heard> heard = new ArrayList<>();
        for (Path file : files) {
            if (!reader.reads(file)) {
                throw new TinytuneException(
                        ExitCode.INVALID_INPUT,
                        file + " is no recording (with --continuous, give WAV, CSV with times or the model's channels,"
                                + " NPY or Edge Impulse)");
            }
            reader.stream(file).forEach(recording -> heard.add(events.hear(recording)));
        }
        StreamReport report = new StreamReport(
                model.path().toString(), events.hopSeconds(), events.windowSeconds(), events.rule(), heard);
        output.print(report, () -> StreamEvents.text(heard) + "\n" + events.ruleText() + "\n");
    }

    private static void note(String text) {
        System.err.println("tinytune: note: " + text);
    }

    private static Predictor predictor(TaskKind task, Graph graph) {
        return switch (task) {
            case CLASSIFICATION -> {
                Classifier classifier = new Classifier(graph);
                yield (sample, bytes) -> classified(sample, classifier.top(bytes, SHOWN_CLASSES));
            }
            case REGRESSION -> {
                Estimator estimator = new Estimator(graph);
                yield (sample, bytes) ->
                        unclassified(sample, Optional.of(estimator.quantities(bytes)), Optional.empty());
            }
            case ANOMALY_DETECTION -> {
                AnomalyDetector detector = new AnomalyDetector(graph);
                yield (sample, bytes) ->
                        unclassified(sample, Optional.empty(), Optional.of(detector.verdict(sample.values(), bytes)));
            }
        };
    }

    private static Prediction classified(Sample sample, List<Classifier.Score> top) {
        return new Prediction(
                sample.name(),
                sample.seconds(),
                Optional.of(top.get(0).label()),
                Optional.of(top.get(0).probability()),
                sample.label(),
                Optional.of(top),
                Optional.empty(),
                Optional.empty());
    }

    private static Prediction unclassified(
            Sample sample, Optional<List<Estimator.Quantity>> quantities, Optional<AnomalyDetector.Verdict> anomaly) {
        return new Prediction(
                sample.name(),
                sample.seconds(),
                Optional.empty(),
                Optional.empty(),
                sample.label(),
                Optional.empty(),
                quantities,
                anomaly);
    }

    /** Values in another unit than the training data's are a usual mistake, and give a confident wrong answer. */
    private static void noteUnusualValues(Path file, List<Sample> samples, InputEncoding encoding) {
        float margin = (encoding.rawMax() - encoding.rawMin()) / 2;
        for (Sample sample : samples) {
            for (float value : sample.values()) {
                boolean usual = value >= encoding.rawMin() - margin && value <= encoding.rawMax() + margin;
                if (!usual && !encoding.equals(InputEncoding.IDENTITY)) {
                    note(file + " holds " + value + ", but the model was trained on " + encoding.rawMin() + " to "
                            + encoding.rawMax() + " (in the same unit?)");
                    return;
                }
            }
        }
    }

    private static String text(TaskKind task, List<Prediction> predictions) {
        return switch (task) {
            case CLASSIFICATION -> classes(predictions);
            case REGRESSION -> quantities(predictions);
            case ANOMALY_DETECTION -> verdicts(predictions);
        };
    }

    private static String classes(List<Prediction> predictions) {
        Table table = new Table(left("sample"), left("label"), right("probability"), left("then"), left("file says"));
        for (Prediction p : predictions) {
            String others = p.top().orElseThrow().stream()
                    .skip(1)
                    .map(score -> score.label() + " (" + Quantities.percent(score.probability()) + ")")
                    .collect(Collectors.joining(", "));
            table.row(
                    p.sample(),
                    p.label().orElseThrow(),
                    Quantities.percent(p.probability().orElseThrow()),
                    others,
                    p.expected().orElse("-"));
        }
        return table.text();
    }

    private static String quantities(List<Prediction> predictions) {
        List<Table.Column> columns = new ArrayList<>(List.of(left("sample")));
        predictions.get(0).quantities().orElseThrow().forEach(quantity -> columns.add(right(quantity.name())));
        columns.add(left("file says"));
        Table table = new Table(columns.toArray(Table.Column[]::new));
        for (Prediction p : predictions) {
            List<String> cells = new ArrayList<>(List.of(p.sample()));
            p.quantities().orElseThrow().forEach(quantity -> cells.add(MetricTables.number(quantity.value())));
            cells.add(p.expected().orElse("-"));
            table.row(cells.toArray(String[]::new));
        }
        return table.text();
    }

    private static String verdicts(List<Prediction> predictions) {
        Table table = new Table(left("sample"), left("verdict"), right("error"), right("threshold"), left("file says"));
        for (Prediction p : predictions) {
            AnomalyDetector.Verdict verdict = p.anomaly().orElseThrow();
            table.row(
                    p.sample(),
                    verdict.anomaly()
                            .map(anomaly -> anomaly ? "anomaly" : "normal")
                            .orElse("-"),
                    MetricTables.number(verdict.error()),
                    verdict.threshold().map(MetricTables::number).orElse("-"),
                    p.expected().orElse("-"));
        }
        return table.text();
    }
}
