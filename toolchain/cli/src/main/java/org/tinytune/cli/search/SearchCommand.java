package org.tinytune.cli.search;

import static org.tinytune.cli.output.Table.left;
import static org.tinytune.cli.output.Table.right;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.tinytune.cli.BuildInfo;
import org.tinytune.cli.model.BoardOption;
import org.tinytune.cli.model.MemoryOptions;
import org.tinytune.cli.model.NotedData;
import org.tinytune.cli.model.ReadingOptions;
import org.tinytune.cli.model.SplitOption;
import org.tinytune.cli.model.ThreadCount;
import org.tinytune.cli.model.UnitConverters;
import org.tinytune.cli.output.LiveLine;
import org.tinytune.cli.output.Output;
import org.tinytune.cli.output.Progress;
import org.tinytune.cli.output.ProgressLine;
import org.tinytune.cli.output.Quantities;
import org.tinytune.cli.output.Table;
import org.tinytune.cli.run.Interruption;
import org.tinytune.cli.run.RunFolder;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.board.Board;
import org.tinytune.data.Dataset;
import org.tinytune.data.reader.ReadOptions;
import org.tinytune.nas.FeatureSpace;
import org.tinytune.nas.Limits;
import org.tinytune.nas.ModelSearch;
import org.tinytune.nas.SearchRequest;
import org.tinytune.nas.SearchResult;
import org.tinytune.nas.TrialFigures;
import org.tinytune.search.StudyException;
import org.tinytune.search.trial.FrozenTrial;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The main job: from a data set and a board to a model that runs on it. */
@Command(
        name = "search",
        description = {
            "Search for a network that fits a board, train it to INT8, export and profile it.",
            "Example: tinytune search --data examples/digits --board arduino-uno --trials 20 --seed 1 --out out/uno",
        })
public final class SearchCommand implements Callable<Integer> {
    private static final int DEFAULT_TRIALS = 20;

    @Spec
    private CommandSpec spec;

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "Folder or file of the data set.")
    private Path data;

    @Mixin
    private ReadingOptions reading;

    @Mixin
    private SplitOption split;

    @Mixin
    private BoardOption boardOption;

    @Option(
            names = "--trials",
            paramLabel = "N",
            description = "Candidates to train (default: " + DEFAULT_TRIALS + "; with --time-limit as many as fit).")
    private Integer trials;

    @Option(
            names = "--time-limit",
            paramLabel = "TIME",
            converter = UnitConverters.Time.class,
            description = "For the whole run, as in 5m: it decides which trial is the last.")
    private Duration timeLimit;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "Of everything (default: 1).")
    private long seed;

    @Option(
            names = "--threads",
            paramLabel = "T",
            description = "Threads to use (default: one a core); the result does not depend on them.")
    private Integer threads;

    @Mixin
    private MemoryOptions memory;

    @Option(
            names = "--max-latency",
            paramLabel = "TIME",
            converter = UnitConverters.Time.class,
            description = "For one inference, as in 20ms; kept with a probability of 90 %%.")
    private Duration maxLatency;

    @Option(
            names = "--sampler",
            paramLabel = "bayes|random",
            defaultValue = "bayes",
            description = "Who proposes candidates (default: ${DEFAULT-VALUE}).")
    private SearchRequest.SamplerKind sampler;

    @Option(
            names = "--features",
            split = ",",
            paramLabel = "BLOCK",
            description =
                    "What networks may see of recordings: some of raw, statistics, spectral, spectrogram, mel, mfcc,"
                            + " as in mel,mfcc (default: those that suit the sample rate).")
    private List<String> features = List.of();

    @Option(
            names = "--no-play-off",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Do not compare the best candidates on all groups where these are few.")
    private boolean playOff;

    @Option(names = "--out", paramLabel = "DIR", description = "Where results go (default: out/BOARD).")
    private Path out;

    @Option(names = "--resume", description = "Continue the study in --out.")
    private boolean resume;

    @Option(names = "--force", description = "Replace the results in --out.")
    private boolean force;

    @Option(names = "--quiet", description = "Show no progress.")
    private boolean quiet;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        checkNumbers();
        Board board = boardOption.board();
        Limits limits = limits(board);
        ReadOptions options = ReadOptions.NONE.withSplit(split.plan()).with(reading.recordings());
        Dataset dataset = NotedData.load(data, options);
        Path folder = out == null ? Path.of("out", board.id()) : out;
        SearchRequest request = new SearchRequest(
                data,
                board,
                limits,
                trials == null ? timeLimit == null ? DEFAULT_TRIALS : Integer.MAX_VALUE : trials,
                Optional.ofNullable(timeLimit),
                seed,
                threads == null ? Runtime.getRuntime().availableProcessors() : ThreadCount.check(threads),
                sampler,
                FeatureSpace.Block.named(features),
                playOff,
                SearchFolder.study(folder));
        ModelSearch search = new ModelSearch(request, dataset, BuildInfo.load().text());
        search.requireThatAnyFits();
        try {
            return search(request, search, RunFolder.prepare(folder, SearchFolder.KIND, resume, force));
        } catch (StudyException e) {
            throw new TinytuneException(exitCode(e), e.getMessage(), e);
        }
    }

    private void checkNumbers() {
        if (trials != null && trials < 1) {
            throw new ParameterException(spec.commandLine(), "--trials " + trials + " is not 1 or more");
        }
        if (threads != null && threads < 1) {
            throw new ParameterException(spec.commandLine(), "--threads " + threads + " is not 1 or more");
        }
        if (resume && force) {
            throw new ParameterException(
                    spec.commandLine(), "--resume continues what is there, --force replaces it: give one of them");
        }
    }

    private Limits limits(Board board) {
        Limits limits = memory.limits(board);
        return maxLatency == null ? limits : limits.withLatency(maxLatency.toNanos() / 1000);
    }

    private static ExitCode exitCode(StudyException e) {
        return e.kind() == StudyException.Kind.INVALID_STUDY ? ExitCode.INVALID_INPUT : ExitCode.USAGE;
    }

    private int search(SearchRequest request, ModelSearch search, RunFolder run) {
        SearchProgress progress = new SearchProgress(System.err, quiet, new LiveLine().isLive(), search.epochs());
        // The JVM may end as soon as this is closed, so that the last word belongs inside.
        AtomicBoolean stopped = new AtomicBoolean();
        Runnable stop = () -> {
            stopped.set(true);
            search.requestStop();
        };
        try (Interruption interruption = Interruption.install(stop)) {
            return search(request, search, run, progress, stopped);
        }
    }

    private int search(
            SearchRequest request, ModelSearch search, RunFolder run, SearchProgress progress, AtomicBoolean stopped) {
        try (progress) {
            return search.run(progress, result -> {
                progress.close();
                SearchSummary summary =
                        new SearchFiles(request, result, run, reading.recordings()).write(filesProgress(stopped));
                output.print(summary, () -> text(result, summary, run));
                return ExitCode.OK.code();
            });
        } catch (RuntimeException e) {
            if (!stopped.get()) {
                throw e;
            }
            // Either the search heard of it, or a compiler or emulator that it worked with did.
            System.err.println(interrupted(progress, run));
            return ExitCode.INTERRUPTED.code();
        }
    }

    private Progress filesProgress(AtomicBoolean stopped) {
        return Progress.until(stopped::get, quiet ? Progress.NONE : new ProgressLine());
    }

    private String interrupted(SearchProgress progress, RunFolder run) {
        String best = progress.best()
                .map(trial -> String.format(
                        Locale.ROOT,
                        "best so far: trial %d, int8 validation accuracy %.2f %%",
                        trial.number(),
                        100 * trial.values().get(0)))
                .orElse("no candidate was trained yet");
        return "tinytune: interrupted; " + best + "; continue with the same command and --resume (--out " + run.folder()
                + ")";
    }

    private static String text(SearchResult result, SearchSummary summary, RunFolder run) {
        StringBuilder text = new StringBuilder();
        Table table = new Table(left("trial"), right("int8 accuracy"), right("RAM"), right("flash"), right("latency"));
        List<Integer> shown = new ArrayList<>(result.paretoFront());
        if (!shown.contains(result.best().number())) {
            shown.add(0, result.best().number());
        }
        for (int number : shown) {
            FrozenTrial trial = result.trials().get(number);
            table.row(
                    number + (number == result.best().number() ? " *" : ""),
                    Quantities.percent(trial.values().get(0)),
                    Quantities.bytes((long) TrialFigures.of(trial, "ramBytes")),
                    Quantities.bytes((long) TrialFigures.of(trial, "flashBytes")),
                    Quantities.duration(TrialFigures.of(trial, "latencyMicros")));
        }
        SearchSummary.Best best = summary.best();
        List<Double> interval = best.int8TestAccuracyInterval();
        String chosen = result.standings().isEmpty()
                ? "the highest accuracy, then the least loss"
                : "the highest accuracy over all groups, " + standings(result);
        text.append("Pareto front (accuracy on the validation part; * is chosen: ")
                .append(chosen)
                .append(")\n")
                .append(table.text())
                .append('\n')
                .append(new Table(left("chosen model"), left("trial " + best.trial()))
                        .row(
                                "int8 test accuracy",
                                Quantities.percent(best.int8TestAccuracy()) + " (95 %: "
                                        + Quantities.percent(interval.get(0)) + " to "
                                        + Quantities.percent(interval.get(1)) + "; float "
                                        + Quantities.percent(best.floatTestAccuracy())
                                        + ")")
                        .row("RAM", Quantities.bytes(best.ramBytes()) + ", stack included")
                        .row("flash", Quantities.bytes(best.flashBytes()))
                        .row(
                                "latency",
                                Quantities.duration(best.latencyMicros())
                                        + WindowTime.remark(WindowTime.micros(result.dataset()), best.latencyMicros()))
                        .row("energy", Quantities.microjoules(best.energyMicrojoules()) + " an inference, estimate")
                        .row("profile", summary.profile().line())
                        .row("results", run.folder() + ": report.html, best.tflite, library/, summary.json")
                        .text());
        return text.toString();
    }

    private static String standings(SearchResult result) {
        return result.standings().stream()
                .map(standing -> Quantities.percent(standing.accuracy()) + " of trial " + standing.trial())
                .collect(Collectors.joining(", "));
    }
}
