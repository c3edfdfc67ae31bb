package org.tinytune.cli.data;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.tinytune.cli.model.NotedData;
import org.tinytune.cli.model.ReadingOptions;
import org.tinytune.cli.model.SplitOption;
import org.tinytune.cli.output.Output;
import org.tinytune.cli.output.ProgressLine;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.data.Dataset;
import org.tinytune.data.check.CheckReport;
import org.tinytune.data.check.DataCheck;
import org.tinytune.data.reader.DataInspection;
import org.tinytune.data.reader.ReadOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what is doubtful about a data set. */
@Command(
        name = "check",
        description = {
            "Say what is doubtful about a data set: copies, also across parts, groups in two parts, labels that are"
                    + " one, rare classes, silent, clipped or constant samples, parts too small to measure on.",
            "Example: tinytune data check examples/digits",
        })
final class CheckCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "DIR", description = "Folder, zip archive or file of the data set.")
    private Path data;

    @Mixin
    private ReadingOptions reading;

    @Mixin
    private SplitOption split;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Of the parts, as in search and train (default: 1).")
    private long seed;

    @Option(
            names = "--accuracy",
            paramLabel = "A",
            defaultValue = "0.9",
            description = "That you expect, in [0, 1]: intervals depend on it (default: ${DEFAULT-VALUE}).")
    private double accuracy;

    @Option(names = "--strict", description = "End with exit code 3 if there is any warning.")
    private boolean strict;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        if (!(accuracy >= 0 && accuracy <= 1)) {
            throw new TinytuneException(ExitCode.USAGE, "--accuracy " + accuracy + ": give 0 to 1, as in 0.9");
        }
        ReadOptions options = ReadOptions.NONE.withSplit(split.plan()).with(reading.recordings());
        DataInspection found = NotedData.inspect(data, options);
        Dataset dataset = found.dataset();
        CheckResult result;
        try (ProgressLine progress = new ProgressLine()) {
            progress.begin("checking " + dataset.size() + " samples of '"
                    + dataset.card().name() + "'");
            CheckReport report = DataCheck.run(
                    dataset,
                    found.recordings().map(DataInspection.Recordings::lengths).orElse(List.of()),
                    seed,
                    accuracy);
            result = CheckResult.of(dataset, seed, report);
        }
        output.print(result, result::text);
        return (strict && result.warnings() > 0 ? ExitCode.INVALID_INPUT : ExitCode.OK).code();
    }
}
