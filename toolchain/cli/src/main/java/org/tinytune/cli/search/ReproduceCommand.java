package org.tinytune.cli.search;

import static org.tinytune.cli.output.Table.left;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.tinytune.cli.BuildInfo;
import org.tinytune.cli.model.Provenance;
import org.tinytune.cli.model.ThreadCount;
import org.tinytune.cli.model.TrainProvenance;
import org.tinytune.cli.output.Output;
import org.tinytune.cli.output.Progress;
import org.tinytune.cli.output.ProgressLine;
import org.tinytune.cli.output.Table;
import org.tinytune.cli.run.Interruption;
import org.tinytune.cli.train.TrainReproduction;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.file.WholeFile;
import org.tinytune.core.graph.Graph;
import org.tinytune.data.Dataset;
import org.tinytune.data.reader.DataSets;
import org.tinytune.data.reader.ReadOptions;
import org.tinytune.nas.Digests;
import org.tinytune.tflite.TfliteWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes the model of a search or a training again, and says whether it is the same. */
@Command(
        name = "reproduce",
        description =
                "Make the model of search or train again from its provenance.json, and compare the two byte by byte.")
public final class ReproduceCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FILE", description = "The provenance.json beside a model.")
    private Path file;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder or file of the data set (default: where it was then).")
    private Path data;

    @Option(
            names = "--search",
            description =
                    "Repeat all trials of a search as well; otherwise the chosen network is trained again, which is"
                            + " enough for its bytes.")
    private boolean search;

    @Option(
            names = "--threads",
            paramLabel = "T",
            description = "Threads to use (default: one a core); the result does not depend on them.")
    private Integer threads;

    @Option(names = "--out", paramLabel = "FILE", description = "Where the model goes (default: it is compared only).")
    private Path out;

    @Mixin
    private Output output;

    /**
     * What came of it, as JSON shows it.
     *
     * @param trial whose network it is; null of a model that a file declares
     */
    private record Report(
            String provenance,
            String madeBy,
            String remadeBy,
            OptionalInt trial,
            String expectedSha256,
            String sha256,
            boolean identical) {}

    /** What is compared, whichever command made the model. */
    private record Recorded(String version, String commit, OptionalInt trial, String modelSha256) {}

    @Override
    public Integer call() {
        if (threads != null && threads < 1) {
            throw new ParameterException(spec.commandLine(), "--threads " + threads + " is not 1 or more");
        }
        int used = threads == null ? Runtime.getRuntime().availableProcessors() : ThreadCount.check(threads);
        return TrainProvenance.isAt(file) ? training(used) : search(used);
    }

    private int search(int used) {
        Provenance recorded = Provenance.read(file);
        Dataset dataset = dataset(recorded.data(), ReadOptions.NONE);
        Reproduction reproduction = new Reproduction(recorded, dataset, used);
        return reproduce(
                new Recorded(
                        recorded.version(),
                        recorded.commit(),
                        OptionalInt.of(recorded.trial()),
                        recorded.modelSha256()),
                reproduction::requestStop,
                progress -> search ? reproduction.search(progress) : reproduction.train(progress));
    }

    private int training(int used) {
        if (search) {
            throw new ParameterException(
                    spec.commandLine(), file + " is of a training, --search is for those of a search: leave it out");
        }
        TrainProvenance recorded = TrainProvenance.read(file);
        TrainReproduction reproduction = new TrainReproduction(file.toString(), recorded, used);
        Dataset dataset = dataset(recorded.data(), reproduction.dataOptions());
        return reproduce(
                new Recorded(recorded.version(), recorded.commit(), OptionalInt.empty(), recorded.modelSha256()),
                reproduction::requestStop,
                progress -> reproduction.train(dataset, progress));
    }

    private int reproduce(Recorded recorded, Runnable requestStop, Function<Progress, Graph> work) {
        // The JVM may end as soon as this is closed, so that the last word belongs inside.
        Interruption interruption = Interruption.install(requestStop);
        try (interruption) {
            byte[] model;
            try (ProgressLine progress = new ProgressLine()) {
                model = TfliteWriter.write(work.apply(progress));
            } catch (CancellationException e) {
                System.err.println("tinytune: interrupted");
                return ExitCode.INTERRUPTED.code();
            }
            writeOut(model);
            Report report = report(recorded, Digests.sha256(model));
            output.print(report, () -> text(report));
            requireIdentical(report);
            return ExitCode.OK.code();
        }
    }

    private Dataset dataset(Provenance.Data recorded, ReadOptions options) {
        Path path = data == null ? recorded.location() : data;
        Dataset dataset = DataSets.load(path, recorded.options(options));
        if (!dataset.fingerprint().equals(recorded.fingerprint())) {
            throw new TinytuneException(
                    ExitCode.INVALID_INPUT,
                    path + " is not the data of " + file + ": its fingerprint is " + dataset.fingerprint() + ", not "
                            + recorded.fingerprint() + " (name the right folder with --data)");
        }
        return dataset;
    }

    private void writeOut(byte[] model) {
        if (out == null) {
            return;
        }
        try {
            WholeFile.write(out, model);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Report report(Recorded recorded, String sha256) {
        BuildInfo build = BuildInfo.load();
        return new Report(
                file.toString(),
                recorded.version() + " (commit " + recorded.commit() + ")",
                build.version() + " (commit " + build.commit() + ")",
                recorded.trial(),
                recorded.modelSha256(),
                sha256,
                sha256.equals(recorded.modelSha256()));
    }

    private static String text(Report report) {
        Table table = new Table(left("provenance"), left(report.provenance()))
                .row("made by", "tinytune " + report.madeBy())
                .row("made again by", "tinytune " + report.remadeBy());
        report.trial().ifPresent(trial -> table.row("network of", "trial " + trial));
        return table.row("SHA-256", report.sha256())
                .row("", report.identical() ? "the same bytes" : "not the bytes of " + report.expectedSha256())
                .text();
    }

    private static void requireIdentical(Report report) {
        if (!report.identical()) {
            String why = report.madeBy().equals(report.remadeBy())
                    ? "though the same version made both"
                    : "it was made by " + report.madeBy() + ", this is " + report.remadeBy();
            throw new TinytuneException(
                    ExitCode.MISMATCH, "the model of " + report.provenance() + " is not reproduced: " + why);
        }
    }
}
