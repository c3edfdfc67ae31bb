package org.tinytune.cli;

import static org.tinytune.cli.output.Table.left;
import static org.tinytune.cli.output.Table.right;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.tinytune.cli.model.Classifier;
import org.tinytune.cli.model.ConfusionMatrix;
import org.tinytune.cli.model.DataOptions;
import org.tinytune.cli.model.Figure;
import org.tinytune.cli.model.MetricTables;
import org.tinytune.cli.model.ModelArgument;
import org.tinytune.cli.model.SampleEncoder;
import org.tinytune.cli.model.SimulatedPredictions;
import org.tinytune.cli.model.ThreadCount;
import org.tinytune.cli.output.Output;
import org.tinytune.cli.output.ProgressLine;
import org.tinytune.cli.output.Quantities;
import org.tinytune.cli.output.Table;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.AnomalyThreshold;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.data.Dataset;
import org.tinytune.data.Samples;
import org.tinytune.train.metric.Bootstrap;
import org.tinytune.train.metric.Metric;
import org.tinytune.train.task.Predictions;
import org.tinytune.train.task.Task;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says how well a model does on a data set, computed as a board would. */
@Command(
        name = "evaluate",
        description =
                "Say how well a model does on a data set, computed byte for byte as a board would: accuracy, F1, ROC-AUC,"
                        + " calibration, errors, each with its interval.")
final class EvaluateCommand implements Callable<Integer> {
    @Mixin
    private ModelArgument model;

    @Mixin
    private DataOptions data;

    @Option(
            names = "--split",
            paramLabel = "PART",
            description = "${COMPLETION-CANDIDATES}: the test part alone, which the search never saw, or every sample"
                    + " (default: ${DEFAULT-VALUE}).")
    private Part split = Part.TEST;

    @Option(names = "--threads", paramLabel = "T", description = "Threads to use (default: all cores).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Mixin
    private Output output;

    /** Which samples. */
    private enum Part {
        TEST,
        ALL;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What was measured, as JSON shows it.
     *
     * @param correct how many samples were taken for what they are; like all up to the confusion matrix, null of a
     *     regression, and of an anomaly detection without a threshold
     * @param accuracyInterval 95 % interval by Wilson's formula
     * @param confusion a row is a class, a column what it was taken for
     * @param metrics all figures, with bootstrap intervals
     * @param threshold the reconstruction error from which on the model finds an anomaly; null of other tasks
     */
    private record Report(
            String model,
            String data,
            String split,
            long seed,
            int samples,
            OptionalInt correct,
            OptionalDouble accuracy,
            Optional<List<Double>> accuracyInterval,
            Optional<List<String>> labels,
            Optional<List<List<Integer>>> confusion,
            String task,
            List<Figure> metrics,
            OptionalDouble threshold) {}

    /** What is printed, in both forms. */
    private record Result(Report report, List<Metric> metrics, Optional<ConfusionMatrix> confusion) {}

    @Override
    public Integer call() {
        if (threads < 1) {
            throw new TinytuneException(ExitCode.USAGE, "--threads " + threads + ": at least 1 is needed");
        }
        ThreadCount.check(threads);
        Graph graph = model.loadInt8();
        Result result;
        try (ProgressLine progress = new ProgressLine()) {
            Dataset dataset = data.load(model.path(), graph, progress::note)
                    .orElseThrow(
                            () -> new TinytuneException(ExitCode.USAGE, "no data to evaluate on: name it with --data"));
            result = evaluate(graph, dataset, progress);
        }
        output.print(result.report(), () -> text(result));
        return ExitCode.OK.code();
    }

    private Result evaluate(Graph graph, Dataset dataset, ProgressLine progress) {
        String name = dataset.card().name();
        SampleEncoder.of(graph).requireShape("'" + name + "'", dataset);
        Task task = Task.of(graph);
        Optional<Classifier> classifier =
                task.kind() == TaskKind.CLASSIFICATION ? Optional.of(new Classifier(graph)) : Optional.empty();
        classifier.ifPresent(c -> c.classesOf(dataset));
        long seed = data.seed(model.path());
        Samples part = split == Part.ALL ? dataset : data.testSamples(model.path(), dataset, progress::note);
        Samples samples = classifier.map(c -> c.relabel(part, dataset)).orElse(part);
        progress.begin("evaluating on " + samples.size() + " samples of '" + name + "'");
        Predictions predictions = SimulatedPredictions.of(graph, samples, threads, progress);
        List<Metric> metrics = task.metrics(samples, predictions, Bootstrap.seeded(seed));
        Optional<ConfusionMatrix> confusion = task.decisions(samples, predictions)
                .map(d -> ConfusionMatrix.of(d.labels(), d.targets(), d.predictions()));
        OptionalDouble threshold = AnomalyThreshold.of(graph.metadata())
                .map(t -> OptionalDouble.of(t.error()))
                .orElse(OptionalDouble.empty());
        return new Result(report(name, seed, task, metrics, samples.size(), confusion, threshold), metrics, confusion);
    }

    private Report report(
            String name,
            long seed,
            Task task,
            List<Metric> metrics,
            int samples,
            Optional<ConfusionMatrix> confusion,
            OptionalDouble threshold) {
        return new Report(
                model.path().toString(),
                name,
                split.toString(),
                seed,
                samples,
                confusion.map(c -> OptionalInt.of(c.correct())).orElse(OptionalInt.empty()),
                confusion.map(c -> OptionalDouble.of(c.accuracy())).orElse(OptionalDouble.empty()),
                confusion.map(c ->
                        List.of(c.accuracyInterval().low(), c.accuracyInterval().high())),
                confusion.map(ConfusionMatrix::labels),
                confusion.map(ConfusionMatrix::counts),
                task.kind().id(),
                Figure.of(metrics),
                threshold);
    }

    private static String text(Result result) {
        String metrics = MetricTables.text(result.metrics());
        OptionalDouble threshold = result.report().threshold();
        String alarm = threshold.isPresent()
                ? "\nan anomaly: a reconstruction error above " + MetricTables.number(threshold.getAsDouble()) + "\n"
                : "";
        return result.confusion()
                .map(c -> accuracy(c) + alarm + "\n" + metrics + "\n" + table(c))
                .orElse(result.report().samples() + " samples\n\n" + metrics);
    }

    private static String accuracy(ConfusionMatrix confusion) {
        return String.format(
                Locale.ROOT,
                "accuracy %s: %d of %d samples right (95 %% interval by Wilson: %s to %s)\n",
                Quantities.percent(confusion.accuracy()),
                confusion.correct(),
                confusion.samples(),
                Quantities.percent(confusion.accuracyInterval().low()),
                Quantities.percent(confusion.accuracyInterval().high()));
    }

    private static String table(ConfusionMatrix confusion) {
        List<Table.Column> columns = new ArrayList<>(List.of(left("is \\ taken for")));
        confusion.labels().forEach(label -> columns.add(right(label)));
        Table table = new Table(columns.toArray(Table.Column[]::new));
        for (int i = 0; i < confusion.labels().size(); i++) {
            List<String> cells = new ArrayList<>(List.of(confusion.labels().get(i)));
            confusion.counts().get(i).forEach(count -> cells.add(count == 0 ? "." : count.toString()));
            table.row(cells.toArray(String[]::new));
        }
        return table.text();
    }
}
