package org.tinytune.cli.data;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.tinytune.cli.model.ReadingOptions;
import org.tinytune.cli.output.Output;
import org.tinytune.core.ExitCode;
import org.tinytune.data.reader.DataSets;
import org.tinytune.data.reader.ReadOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Reads a data set as every other command would, and says what was found. */
@Command(
        name = "info",
        description = {
            "Read a data set as search and train would, and say what was found.",
            "Example: tinytune data info recordings --label-pattern '{label}_{group}_{n}.wav' --window 1s",
        })
final class InfoCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "DIR", description = "Folder, zip archive or file of the data set.")
    private Path data;

    @Mixin
    private ReadingOptions reading;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        DataReport report = DataReport.of(DataSets.inspect(data, ReadOptions.NONE.with(reading.recordings())));
        output.print(report, report::text);
        return ExitCode.OK.code();
    }
}
