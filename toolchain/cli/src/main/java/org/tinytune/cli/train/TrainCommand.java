package org.tinytune.cli.train;

import static org.tinytune.cli.output.Table.left;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.tinytune.cli.BuildInfo;
import org.tinytune.cli.model.Provenance;
import org.tinytune.cli.output.LiveLine;
import org.tinytune.cli.output.Output;
import org.tinytune.cli.output.Quantities;
import org.tinytune.cli.output.Table;
import org.tinytune.cli.run.Interruption;
import org.tinytune.cli.run.RunFolder;
import org.tinytune.core.ExitCode;
import org.tinytune.data.Dataset;
import org.tinytune.data.reader.DataSets;
import org.tinytune.nas.Digests;
import org.tinytune.train.TrainingResult;
import org.tinytune.train.checkpoint.CheckpointFile;
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
    /** A checkpoint, and beside it what came of it. */
    private static final RunFolder.Kind FOLDER = new RunFolder.Kind(
            "checkpoint.bin",
            "checkpoint",
            List.of(),
            List.of(TrainFiles.MODEL, TrainFiles.SUMMARY, TrainFiles.REPORT, Provenance.FILE_NAME),
            Files::deleteIfExists);

    @Spec
    private CommandSpec spec;

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "Folder or file of the data set.")
    private Path data;

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

    @Option(names = "--force", description = "Replace the checkpoint and the results in --out.")
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
        ModelFile file = ModelFile.read(model);
        Dataset dataset = DataSets.load(data);
        DeclaredTraining training = new DeclaredTraining(
                file, dataset, seed, threads == null ? Runtime.getRuntime().availableProcessors() : threads);
        TrainRun run = new TrainRun(data, dataset, file, training, seed);
        RunFolder folder = RunFolder.prepare(out, FOLDER, resume, force);
        return train(run, folder);
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
        CheckpointFile checkpoints = new CheckpointFile(folder.record(), settings(run));
        AtomicBoolean stopped = new AtomicBoolean();
        // The JVM may end as soon as this is closed, so that the last word belongs inside.
        try (Interruption interruption = Interruption.install(() -> stopped.set(true));
                TrainProgress progress = new TrainProgress(
                        new LiveLine(),
                        quiet,
                        run.training().config(),
                        run.training().training().size())) {
            checkpoints.latest().ifPresent(progress::resumed);
            TrainingResult result;
            try {
                result = run.training().run(progress, stopped::get, checkpoints);
            } catch (CancellationException e) {
                progress.close();
                System.err.println(interrupted(folder));
                return ExitCode.INTERRUPTED.code();
            }
            progress.close();
            TrainSummary summary = new TrainFiles(run, result, folder).write();
            output.print(summary, () -> text(summary, folder));
            return ExitCode.OK.code();
        }
    }

    /** What the result follows from; a checkpoint is continued with the same only. */
    private static Map<String, String> settings(TrainRun run) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("version", BuildInfo.load().version());
        settings.put("data", run.dataset().fingerprint());
        settings.put("model", Digests.sha256(run.file().settings()));
        settings.put("seed", Long.toString(run.seed()));
        return settings;
    }

    private static String interrupted(RunFolder folder) {
        return "tinytune: interrupted; "
                + (Files.exists(folder.record())
                        ? "continue with the same command and --resume (--out " + folder.folder() + ")"
                        : "no epoch has ended yet, begin anew with the same command");
    }

    private static String text(TrainSummary summary, RunFolder folder) {
        List<Double> interval = summary.int8TestAccuracyInterval();
        return new Table(left("model"), left(summary.model().name()))
                .row(
                        "int8 test accuracy",
                        Quantities.percent(summary.int8TestAccuracy()) + " (95 %: "
                                + Quantities.percent(interval.get(0)) + " to " + Quantities.percent(interval.get(1))
                                + "; float " + Quantities.percent(summary.floatTestAccuracy()) + ")")
                .row("parameters", Quantities.count(summary.model().parameters()))
                .row("MACs", Quantities.count(summary.model().macs()))
                .row("arena", Quantities.bytes(summary.model().arenaBytes()))
                .row("weights", Quantities.bytes(summary.model().weightBytes()))
                .row("results", folder.folder() + ": report.html, model.tflite, summary.json")
                .text();
    }
}
