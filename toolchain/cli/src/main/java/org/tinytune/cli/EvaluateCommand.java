package org.tinytune.cli;

import static org.tinytune.cli.output.Table.left;
import static org.tinytune.cli.output.Table.right;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.tinytune.cli.model.BatchSimulator;
import org.tinytune.cli.model.Classifier;
import org.tinytune.cli.model.ConfusionMatrix;
import org.tinytune.cli.model.DataOptions;
import org.tinytune.cli.model.ModelArgument;
import org.tinytune.cli.model.SampleEncoder;
import org.tinytune.cli.output.Output;
import org.tinytune.cli.output.ProgressLine;
import org.tinytune.cli.output.Quantities;
import org.tinytune.cli.output.Table;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.Graph;
import org.tinytune.data.Dataset;
import org.tinytune.data.Samples;
import org.tinytune.data.split.Split;
import org.tinytune.data.split.SplitOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says how often a model is right on a data set, computed as a board would. */
@Command(
        name = "evaluate",
        description = "Say how often a model is right on a data set, computed byte for byte as a board would.")
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

    /** What was counted, as JSON shows it. A row of the confusion matrix is a class, a column what it was taken for. */
    private record Report(
            String model,
            String data,
            String split,
            long seed,
            int samples,
            int correct,
            double accuracy,
            List<Double> accuracyInterval,
            List<String> labels,
            List<List<Integer>> confusion) {}

    @Override
    public Integer call() {
        if (threads < 1) {
            throw new TinytuneException(ExitCode.USAGE, "--threads " + threads + ": at least 1 is needed");
        }
        Graph graph = model.loadInt8();
        Report report;
        try (ProgressLine progress = new ProgressLine()) {
            Dataset dataset = data.load(model.path(), progress::note)
                    .orElseThrow(
                            () -> new TinytuneException(ExitCode.USAGE, "no data to evaluate on: name it with --data"));
            report = evaluate(graph, dataset, progress);
        }
        output.print(report, () -> text(report));
        return ExitCode.OK.code();
    }

    private Report evaluate(Graph graph, Dataset dataset, ProgressLine progress) {
        String name = dataset.card().name();
        SampleEncoder encoder = SampleEncoder.of(graph);
        Classifier classifier = new Classifier(graph);
        encoder.requireShape("'" + name + "'", dataset);
        int[] classes = classifier.classesOf(dataset);
        long seed = data.seed(model.path());
        Samples samples = split == Part.ALL
                ? dataset
                : Split.of(dataset, SplitOptions.seeded(seed)).test().open();
        progress.begin("evaluating on " + samples.size() + " samples of '" + name + "'");
        List<byte[]> outputs =
                new BatchSimulator(graph, threads).run(samples.size(), i -> encoder.encode(samples, i), progress);
        ConfusionMatrix confusion = ConfusionMatrix.of(
                classifier.labels(),
                IntStream.range(0, samples.size())
                        .map(i -> classes[samples.target(i)])
                        .toArray(),
                outputs.stream().mapToInt(classifier::best).toArray());
        ConfusionMatrix.Interval interval = confusion.accuracyInterval();
        return new Report(
                model.path().toString(),
                name,
                split.toString(),
                seed,
                confusion.samples(),
                confusion.correct(),
                confusion.accuracy(),
                List.of(interval.low(), interval.high()),
                confusion.labels(),
                confusion.counts());
    }

    private static String text(Report report) {
        String accuracy = String.format(
                Locale.ROOT,
                "accuracy %s: %d of %d samples right (95 %% interval: %s to %s)\n\n",
                Quantities.percent(report.accuracy()),
                report.correct(),
                report.samples(),
                Quantities.percent(report.accuracyInterval().get(0)),
                Quantities.percent(report.accuracyInterval().get(1)));
        List<Table.Column> columns = new ArrayList<>(List.of(left("is \\ taken for")));
        report.labels().forEach(label -> columns.add(right(label)));
        Table table = new Table(columns.toArray(Table.Column[]::new));
        for (int i = 0; i < report.labels().size(); i++) {
            List<String> cells = new ArrayList<>(List.of(report.labels().get(i)));
            report.confusion().get(i).forEach(count -> cells.add(count == 0 ? "." : count.toString()));
            table.row(cells.toArray(String[]::new));
        }
        return accuracy + table.text();
    }
}
