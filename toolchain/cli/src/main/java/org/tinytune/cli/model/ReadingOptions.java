package org.tinytune.cli.model;

import java.util.SortedMap;
import java.util.TreeMap;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.data.recording.RecordingOptions;
import picocli.CommandLine.Option;

/**
 * How recordings are read and cut into windows; each option goes before the key of {@code dataset.toml} that is called
 * so. A picocli mixin.
 */
public final class ReadingOptions {
    @Option(
            names = "--window",
            paramLabel = "TIME",
            description = "Length of a window of recordings, as in 1s, 500ms or 128samples.")
    private String window;

    @Option(
            names = "--window-stride",
            paramLabel = "TIME",
            description = "From one window's beginning to the next one's (default: its length).")
    private String stride;

    @Option(
            names = "--window-padding",
            paramLabel = "centre|zero|repeat",
            description = "How a recording that is shorter than a window fills it.")
    private String padding;

    @Option(
            names = "--rate",
            paramLabel = "HZ",
            description = "Rate to bring recordings to, or what they have if they do not say.")
    private String rate;

    @Option(names = "--scale", paramLabel = "X", description = "Real units of one int16 count, as in 0.001.")
    private String scale;

    @Option(names = "--mono", description = "Mix all channels to one.")
    private boolean mono;

    @Option(
            names = "--label-pattern",
            paramLabel = "P",
            description = "How files are called, as in '{label}_{group}_{n}.wav'.")
    private String labelPattern;

    @Option(
            names = "--test-part",
            paramLabel = "RULE",
            description = "Which recordings are the test part, as in 'index < 5'.")
    private String test;

    @Option(
            names = "--columns",
            paramLabel = "NAMES",
            description = "Columns or channels that are readings, in their order: names, or numbers from 1, as in"
                    + " ax,ay,az.")
    private String columns;

    @Option(names = "--label-column", paramLabel = "NAME", description = "Column of a table that holds labels.")
    private String labelColumn;

    @Option(
            names = "--group-column",
            paramLabel = "NAME",
            description = "Column of a table that says which rows belong together: the person, the machine.")
    private String groupColumn;

    @Option(
            names = "--recording-column",
            paramLabel = "NAME",
            description = "Column of a table that says which rows are one recording.")
    private String recordingColumn;

    @Option(names = "--time-column", paramLabel = "NAME", description = "Column of a table that holds times.")
    private String timeColumn;

    @Option(names = "--time-unit", paramLabel = "UNIT", description = "Unit of those times: h, min, s, ms, us or ns.")
    private String timeUnit;

    /**
     * What the user says.
     *
     * @throws TinytuneException with {@link ExitCode#USAGE} if one of the options cannot be understood
     */
    public RecordingOptions recordings() {
        return new Texts()
                .put("--window", RecordingOptions.WINDOW, window)
                .put("--window-stride", RecordingOptions.STRIDE, stride)
                .put("--window-padding", RecordingOptions.PADDING, padding)
                .put("--rate", RecordingOptions.RATE, rate)
                .put("--scale", RecordingOptions.SCALE, scale)
                .put("--mono", RecordingOptions.MONO, mono ? "true" : null)
                .put("--label-pattern", RecordingOptions.LABEL_PATTERN, labelPattern)
                .put("--test-part", RecordingOptions.TEST, test)
                .put("--columns", RecordingOptions.COLUMNS, columns)
                .put("--label-column", RecordingOptions.LABEL_COLUMN, labelColumn)
                .put("--group-column", RecordingOptions.GROUP_COLUMN, groupColumn)
                .put("--recording-column", RecordingOptions.RECORDING_COLUMN, recordingColumn)
                .put("--time-column", RecordingOptions.TIME_COLUMN, timeColumn)
                .put("--time-unit", RecordingOptions.TIME_UNIT, timeUnit)
                .options();
    }

    /** What options say, checked one by one. */
    static final class Texts {
        private final SortedMap<String, String> given = new TreeMap<>();

        /** Adds the text of an option, unless it is null. */
        Texts put(String option, String key, String text) {
            if (text != null) {
                RecordingOptions.problem(key, text).ifPresent(why -> {
                    throw new TinytuneException(ExitCode.USAGE, option + " " + why);
                });
                given.put(key, text);
            }
            return this;
        }

        RecordingOptions options() {
            return new RecordingOptions(given);
        }
    }
}
