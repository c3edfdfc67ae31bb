package org.tinytune.cli.model;

import org.tinytune.data.recording.RecordingOptions;
import picocli.CommandLine.Option;

/** How a recording of the user's own is read for a model that takes samples of a sensor. A picocli mixin. */
public final class OwnRecordingOptions {
    @Option(
            names = "--columns",
            paramLabel = "NAMES",
            description =
                    "Columns or channels of a recording that the model takes, in its order: names, or numbers from"
                            + " 1 (default: those that are called as the model's).")
    private String columns;

    @Option(
            names = "--rate",
            paramLabel = "HZ",
            description = "Rate of recordings that do not say theirs (default: the model's).")
    private String rate;

    @Option(
            names = "--window-stride",
            paramLabel = "TIME",
            description = "From one window of a recording to the next, as in 250ms (default: its length).")
    private String stride;

    /**
     * What the user says.
     *
     * @throws org.tinytune.core.TinytuneException with {@link org.tinytune.core.ExitCode#USAGE} if one of the options
     *     cannot be understood
     */
    public RecordingOptions recordings() {
        return new ReadingOptions.Texts()
                .put("--columns", RecordingOptions.COLUMNS, columns)
                .put("--rate", RecordingOptions.RATE, rate)
                .put("--window-stride", RecordingOptions.STRIDE, stride)
                .options();
    }
}
