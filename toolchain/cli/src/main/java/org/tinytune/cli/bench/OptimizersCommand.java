package org.tinytune.cli.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tinytune.cli.model.NotedData;
import org.tinytune.cli.model.ReadingOptions;
import org.tinytune.cli.model.ThreadCount;
import org.tinytune.cli.output.Json;
import org.tinytune.cli.output.Output;
import org.tinytune.cli.output.OutputFolder;
import org.tinytune.cli.output.ProgressLine;
import org.tinytune.core.ExitCode;
import org.tinytune.core.file.WholeFile;
import org.tinytune.data.Dataset;
import org.tinytune.data.reader.ReadOptions;
import org.tinytune.nas.BenchmarkPlan;
import org.tinytune.nas.BenchmarkWorkload;
import org.tinytune.nas.OptimizerBenchmark;
import org.tinytune.nas.OptimizerResult;
import org.tinytune.train.model.ModelFile;
import org.tinytune.train.optimizer.Optimizers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says which optimizer gets a network to a given accuracy soonest. */
@Command(
        name = "optimizers",
        description = {
            "Say which optimizer trains a network to a given accuracy soonest: each tries the same learning rates"
                    + " with the first seed, and trains with the best one for every seed.",
            "Example: tinytune bench optimizers --data examples/digits --target 0.95 --out out/optimizers"
        })
final class OptimizersCommand implements Callable<Integer> {
    private static final String PAGE = "report.html";
    private static final String FIGURES = "optimizers.json";

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "Folder or file of the data set.")
    private Path data;

    @Mixin
    private ReadingOptions reading;

    @Option(
            names = "--model",
            paramLabel = "FILE",
            description =
                    "Declares the network, as docs/train.md describes, with its batch size, loss and regularization"
                            + " (default: a small standard network).")
    private Path model;

    @Option(
            names = "--target",
            required = true,
            paramLabel = "A",
            description = "Accuracy of the validation samples to reach, above 0 and at most 1.")
    private double target;

    @Option(
            names = "--optimizers",
            paramLabel = "NAME",
            split = ",",
            completionCandidates = Names.class,
            description = "Which, separated by commas: ${COMPLETION-CANDIDATES} (default: all).")
    private List<String> optimizers = Optimizers.ALL.names();

    @Option(names = "--seeds", paramLabel = "S", description = "Trainings that count (default: ${DEFAULT-VALUE}).")
    private int seeds = 5;

    @Option(
            names = "--budget",
            paramLabel = "N",
            description = "Learning rates that each optimizer may try (default: ${DEFAULT-VALUE}).")
    private int budget = 5;

    @Option(
            names = "--max-epochs",
            paramLabel = "E",
            description = "After which a training ends without success (default: ${DEFAULT-VALUE}).")
    private int maxEpochs = 20;

    @Option(names = "--threads", paramLabel = "T", description = "Threads to use (default: all cores).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "A folder to write, with " + PAGE + " and " + FIGURES + ".")
    private Path out;

    @Option(names = "--force", description = "Replace a folder that an earlier benchmark wrote.")
    private boolean force;

    @Mixin
    private Output output;

    /** The names that complete {@code --optimizers}. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Optimizers.ALL.names().iterator();
        }
    }

    @Override
    public Integer call() {
        BenchmarkPlan plan =
                new BenchmarkPlan(optimizers, target, seeds, budget, maxEpochs, ThreadCount.check(threads));
        Optional<OutputFolder> folder = Optional.ofNullable(out).map(path -> OutputFolder.claim(path, FIGURES, force));
        Optional<ModelFile> file = Optional.ofNullable(model).map(ModelFile::read);
        ReadOptions options = file.map(ModelFile::dataOptions).orElse(ReadOptions.NONE);
        Dataset dataset = NotedData.load(data, options.with(reading.recordings()));
        BenchmarkWorkload workload = file.map(declared -> BenchmarkWorkload.declared(declared, dataset))
                .orElseGet(() -> BenchmarkWorkload.standard(dataset));
        OptimizersReport report;
        try (ProgressLine progress = new ProgressLine()) {
            int trainings = OptimizerBenchmark.trainings(plan);
            progress.begin(trainings + " trainings on '" + dataset.card().name() + "'");
            List<OptimizerResult> results =
                    OptimizerBenchmark.run(workload, plan, done -> progress.update(done, trainings));
            report = OptimizersReport.of(dataset.card().name(), workload, plan, results);
        }
        folder.ifPresent(to -> to.write(into -> write(report, into)));
        output.print(report, report::text);
        return ExitCode.OK.code();
    }

    private static Path write(OptimizersReport report, Path into) {
        try {
            WholeFile.write(into.resolve(FIGURES), Json.text(report));
            WholeFile.write(into.resolve(PAGE), OptimizersPage.html(report));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return into;
    }
}
