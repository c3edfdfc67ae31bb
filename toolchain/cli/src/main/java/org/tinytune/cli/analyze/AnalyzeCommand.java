package org.tinytune.cli.analyze;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.tinytune.cli.model.BoardIds;
import org.tinytune.cli.model.ModelArgument;
import org.tinytune.cli.model.ThreadCount;
import org.tinytune.cli.output.Output;
import org.tinytune.cli.output.ProgressLine;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.board.Board;
import org.tinytune.core.board.Boards;
import org.tinytune.core.cost.Roofline;
import org.tinytune.core.vector.VectorProvider;
import org.tinytune.train.analysis.Effort;
import org.tinytune.train.analysis.HostPeak;
import org.tinytune.train.analysis.TrainingAnalysis;
import org.tinytune.train.network.NetworkOptions.Arithmetic;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says where a model's time goes. */
@Command(
        name = "analyze",
        description =
                "Say where a model's time goes, operator by operator, and whether products or memory hold it up: in"
                        + " inference on a board, or in training on this machine.")
public final class AnalyzeCommand implements Callable<Integer> {
    private static final List<Integer> DEFAULT_BATCHES = List.of(1, 8, 32);

    @Mixin
    private ModelArgument model;

    @Option(
            names = "--board",
            paramLabel = "ID",
            completionCandidates = BoardIds.class,
            description = "Analyze inference on this board (tinytune boards lists them).")
    private String board;

    @Option(names = "--host", description = "Analyze training on this machine, in float and in QAT.")
    private boolean host;

    @Option(names = "--threads", paramLabel = "T", description = "With --host: threads to use (default: 1).")
    private Integer threads;

    @Option(
            names = "--batch",
            paramLabel = "N",
            split = ",",
            description = "With --host: samples of a step, one number or more (default: 1,8,32).")
    private List<Integer> batches;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        if (host == (board != null)) {
            throw new TinytuneException(ExitCode.USAGE, "say what to analyze: either --board ID or --host");
        }
        if (host) {
            HostReport report = analyzeHost();
            output.print(report, report::text);
        } else {
            BoardReport report = analyzeBoard();
            output.print(report, report::text);
        }
        return ExitCode.OK.code();
    }

    private BoardReport analyzeBoard() {
        if (threads != null || batches != null) {
            throw new TinytuneException(
                    ExitCode.USAGE,
                    (threads != null ? "--threads" : "--batch")
                            + " is for --host: a board takes one sample at a time, on one core");
        }
        Board on = Boards.byId(board);
        return BoardReport.of(model.path().toString(), model.loadInt8(), on);
    }

    private HostReport analyzeHost() {
        int used = threads == null ? 1 : ThreadCount.check(threads);
        requirePositive("--threads", used);
        List<Integer> sizes =
                batches == null ? DEFAULT_BATCHES : batches.stream().distinct().toList();
        sizes.forEach(size -> requirePositive("--batch", size));
        TrainingAnalysis analysis = TrainingAnalysis.of(model.load());
        sizes.forEach(analysis::requireRoom);
        try (ProgressLine progress = new ProgressLine()) {
            progress.begin("measuring what this machine does at best");
            Roofline roofline = HostPeak.measure(used, Effort.STANDARD);
            return new HostReport(
                    model.path().toString(),
                    analysis.steps(),
                    used,
                    VectorProvider.get().name(),
                    RooflineReport.of(roofline, "measured: products of matrices in cache, a triad of arrays in memory"),
                    steps(analysis, roofline, used, sizes, progress));
        }
    }

    private static List<HostReport.Step> steps(
            TrainingAnalysis analysis, Roofline roofline, int threads, List<Integer> sizes, ProgressLine progress) {
        List<HostReport.Step> steps = new ArrayList<>();
        for (Arithmetic arithmetic : Arithmetic.values()) {
            for (int size : sizes) {
                progress.begin(
                        "measuring steps of " + size + (arithmetic == Arithmetic.INT8 ? " in QAT" : " in float"));
                steps.add(HostReport.Step.of(
                        analysis.measure(arithmetic, size, threads, Effort.STANDARD), analysis.graph(), roofline));
            }
        }
        return steps;
    }

    private static void requirePositive(String option, int value) {
        if (value < 1) {
            throw new TinytuneException(ExitCode.USAGE, option + " " + value + ": at least 1 is needed");
        }
    }
}
