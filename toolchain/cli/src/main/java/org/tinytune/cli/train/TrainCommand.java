package org.tinytune.cli.train;

import static org.tinytune.cli.output.Table.left;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.tinytune.cli.BuildInfo;
import org.tinytune.cli.model.Figure;
import org.tinytune.cli.model.MetricTables;
import org.tinytune.cli.model.NotedData;
import org.tinytune.cli.model.Provenance;
import org.tinytune.cli.model.ReadingOptions;
import org.tinytune.cli.model.SplitOption;
import org.tinytune.cli.model.ThreadCount;
import org.tinytune.cli.output.LiveLine;
import org.tinytune.cli.output.Output;
import org.tinytune.cli.output.Quantities;
import org.tinytune.cli.output.Table;
import org.tinytune.cli.run.Interruption;
import org.tinytune.cli.run.RunFolder;
import org.tinytune.core.DecimalText;
import org.tinytune.core.ExitCode;
import org.tinytune.core.graph.Graph;
import org.tinytune.data.Dataset;
import org.tinytune.data.reader.ReadOptions;
import org.tinytune.nas.Digests;
import org.tinytune.train.Checkpoints;
import org.tinytune.train.TrainingListener;
import org.tinytune.train.TrainingResult;
import org.tinytune.train.model.DeclaredTraining;
import org.tinytune.train.model.ModelFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Trains a network that a file declares, without search. */
@Command(
        name = "train",
        description = {
            "Train a network that a file declares, in float and then to INT8, without search.",
            "Example: tinytune train --data examples/digits --model examples/digits/model.toml --out out/digits",
        })
public final class TrainCommand implements Callable<Integer> {
    private static final String CHECKPOINT = "checkpoint.bin";

    /** Where the training of a teacher is; what it ended with is kept for its student. */
    private static final String TEACHER_CHECKPOINT = "teacher.checkpoint.bin";

    /** A checkpoint, and beside it what came of it. */
    private static final RunFolder.Kind FOLDER = new RunFolder.Kind(
            CHECKPOINT,
            List.of(TEACHER_CHECKPOINT),
            "checkpoint",
            List.of(TrainFiles.MODEL, TrainFiles.SUMMARY, TrainFiles.REPORT, Provenance.FILE_NAME),
            Files::deleteIfExists,
            RunFolder.Replacement.WHEN_THERE_IS_BETTER,
            true);

    @Spec
    private CommandSpec spec;

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "Folder or file of the data set.")
    private Path data;

    @Mixin
    private ReadingOptions reading;

    @Mixin
    private SplitOption split;

    @Option(
            names = "--model",
            required = true,
            paramLabel = "FILE",
            description = "Declares network and training, as docs/train.md describes.")
    private Path model;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where checkpoint and results go.")
    private Path out;

    @Option(names = "--resume", description = "Continue at the checkpoint in --out.")
    private boolean resume;

    @Option(
            names = "--force",
            description = "Replace the checkpoint and the results in --out, each once there is a new one.")
    private boolean force;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "Of everything (default: 1).")
    private long seed;

    @Option(
            names = "--threads",
            paramLabel = "T",
            description = "Threads to use (default: one a core); the result does not depend on them.")
    private Integer threads;

    @Option(names = "--quiet", description = "Show no progress.")
    private boolean quiet;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        checkOptions();
        TrainRun run = run();
        try (RunFolder folder = RunFolder.prepare(out, FOLDER, resume, force)) {
            return train(run, folder);
        }
    }

    /** Checks everything that can be checked before there is a folder. */
    private TrainRun run() {
        ModelFile file = ModelFile.read(model);
        ReadOptions options = file.dataOptions().withSplit(split.plan()).with(reading.recordings());
        Dataset dataset = NotedData.load(data, options);
        int used = threads == null ? Runtime.getRuntime().availableProcessors() : ThreadCount.check(threads);
        DeclaredTraining training = new DeclaredTraining(file, dataset, seed, used);
        lostScale(training, dataset).ifPresent(note -> System.err.println("tinytune: note: " + note));
        Optional<TeacherSource> teacher = TeacherSource.of(file, model, dataset, seed, used);
        teacher.ifPresent(source -> source.check(training));
        teacher.flatMap(source -> source.doubt(dataset, seed))
                .ifPresent(doubt -> System.err.println("tinytune: note: " + doubt));
        return new TrainRun(data, reading.recordings(), dataset, file, training, seed, teacher);
    }

    /** Without features a model takes plain values, and nobody can tell from it how many real units a count was. */
    private Optional<String> lostScale(DeclaredTraining training, Dataset dataset) {
        boolean said = reading.recordings().scale().isPresent();
        return dataset.signal()
                .filter(signal -> training.seesSamples() && !said)
                .map(signal -> {
                    String scale = new BigDecimal(DecimalText.of(signal.scale()))
                            .stripTrailingZeros()
                            .toPlainString();
                    String keep = training.graph().hasState() ? "" : "[features] block = \"raw\" keeps it; otherwise ";
                    return "without [features], the model does not keep the scale of the recordings, " + scale
                            + " a count, and other recordings may be read with another one (" + keep + "say --scale "
                            + scale
                            + " of them)";
                });
    }

    private void checkOptions() {
        if (threads != null && threads < 1) {
            throw new ParameterException(spec.commandLine(), "--threads " + threads + " is not 1 or more");
        }
        if (resume && force) {
            throw new ParameterException(
                    spec.commandLine(), "--resume continues what is there, --force replaces it: give one of them");
        }
    }

    private int train(TrainRun run, RunFolder folder) {
        AtomicBoolean stopped = new AtomicBoolean();
        // The JVM may end as soon as this is closed, so that the last word belongs inside.
        Interruption interruption = Interruption.install(() -> stopped.set(true));
        try (interruption) {
            TrainFiles files;
            List<String> notes = new ArrayList<>();
            try {
                Optional<Graph> teacher =
                        run.teacher().map(source -> teacher(run, source, folder, notes, stopped::get));
                TrainingResult result = student(run, teacher, folder, notes, stopped::get);
                files = new TrainFiles(run, result, folder, teacher, notes);
            } catch (CancellationException e) {
                System.err.println(interrupted(folder));
                return ExitCode.INTERRUPTED.code();
            }
            TrainSummary summary = files.write();
            output.print(summary, () -> text(summary, folder));
            return ExitCode.OK.code();
        }
    }

    private Graph teacher(
            TrainRun run, TeacherSource source, RunFolder folder, List<String> notes, BooleanSupplier stop) {
        if (source.training().isEmpty()) {
            return source.network(TrainingListener.NONE, stop, Checkpoints.NONE);
        }
        Checkpoints checkpoints = new RunCheckpoints(folder, TEACHER_CHECKPOINT, settings(run, source.sha256()), force);
        try (TrainProgress progress =
                new TrainProgress(new LiveLine(), quiet, source.training().get(), "teacher")) {
            checkpoints.latest().ifPresent(progress::resumed);
            Graph network = source.network(progress, stop, checkpoints);
            notes.addAll(progress.notes());
            return network;
        }
    }

    private TrainingResult student(
            TrainRun run, Optional<Graph> teacher, RunFolder folder, List<String> notes, BooleanSupplier stop) {
        Map<String, String> settings = settings(run, Digests.sha256(run.file().settings()));
        run.teacher().ifPresent(source -> settings.put("teacher", source.sha256()));
        Checkpoints checkpoints = new RunCheckpoints(folder, CHECKPOINT, settings, force);
        DeclaredTraining training = teacher.map(run.training()::withTeacher).orElse(run.training());
        try (TrainProgress progress = new TrainProgress(new LiveLine(), quiet, training, "")) {
            checkpoints.latest().ifPresent(progress::resumed);
            TrainingResult result = training.run(progress, stop, checkpoints);
            notes.addAll(progress.notes());
            return result;
        }
    }

    /** What a training follows from; a checkpoint is continued with the same only. */
    private static Map<String, String> settings(TrainRun run, String model) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("version", BuildInfo.load().version());
        settings.put("data", run.dataset().fingerprint());
        settings.put("split", run.dataset().splitPlan().toString());
        settings.put("model", model);
        settings.put("seed", Long.toString(run.seed()));
        return settings;
    }

    private static String interrupted(RunFolder folder) {
        return "tinytune: interrupted; "
                + (folder.isContinuable()
                        ? "continue with the same command and --resume (--out " + folder.folder() + ")"
                        : "no epoch has ended yet, begin anew with the same command");
    }

    private static String text(TrainSummary summary, RunFolder folder) {
        Table table = new Table(left("model"), left(summary.model().name()));
        summary.int8TestAccuracyInterval()
                .ifPresent(interval -> table.row(
                        "int8 test accuracy",
                        Quantities.percent(summary.int8TestAccuracy().orElseThrow()) + " (95 %: "
                                + Quantities.percent(interval.get(0)) + " to " + Quantities.percent(interval.get(1))
                                + "; float "
                                + Quantities.percent(summary.floatTestAccuracy().orElseThrow()) + ")"));
        if (summary.int8TestAccuracy().isEmpty()) {
            addMetrics(table, summary);
        }
        summary.anomalyThreshold()
                .ifPresent(threshold -> table.row("an anomaly", "an error above " + MetricTables.number(threshold)));
        summary.teacher()
                .ifPresent(teacher -> table.row(
                        "teacher",
                        teacher.file() + " (float test accuracy " + Quantities.percent(teacher.floatTestAccuracy())
                                + ")"));
        return table.row("parameters", Quantities.count(summary.model().parameters()))
                .row("MACs", Quantities.count(summary.model().macs()))
                .row("arena", Quantities.bytes(summary.model().arenaBytes()))
                .row("weights", Quantities.bytes(summary.model().weightBytes()))
                .row("results", folder.folder() + ": report.html, model.tflite, summary.json")
                .text();
    }

    /** All figures of a task without accuracy, that of the float model beside each. */
    private static void addMetrics(Table table, TrainSummary summary) {
        for (Figure figure : summary.int8TestMetrics()) {
            String floatValue = summary.floatTestMetrics().stream()
                    .filter(other -> other.metric().equals(figure.metric()))
                    .filter(other -> other.of().equals(figure.of()))
                    .map(other -> "; float " + MetricTables.number(other.value()))
                    .findFirst()
                    .orElse("");
            table.row(
                    "int8 test " + figure.metric()
                            + figure.of().map(of -> " of " + of).orElse(""),
                    MetricTables.number(figure.value()) + " (95 %: "
                            + MetricTables.number(figure.interval().get(0)) + " to "
                            + MetricTables.number(figure.interval().get(1)) + floatValue + ")");
        }
    }
}
