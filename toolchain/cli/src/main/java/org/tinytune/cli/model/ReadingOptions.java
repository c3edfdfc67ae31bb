package org.tinytune.cli.model;

import java.util.LinkedHashMap;
import java.util.Map;
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

    /**
     * What the user says.
     *
     * @throws TinytuneException with {@link ExitCode#USAGE} if one of the options cannot be understood
     */
    public RecordingOptions recordings() {
        Map<String, String> given = new LinkedHashMap<>();
        put(given, "--window", RecordingOptions.WINDOW, window);
        put(given, "--window-stride", RecordingOptions.STRIDE, stride);
        put(given, "--window-padding", RecordingOptions.PADDING, padding);
        put(given, "--rate", RecordingOptions.RATE, rate);
        put(given, "--scale", RecordingOptions.SCALE, scale);
        put(given, "--mono", RecordingOptions.MONO, mono ? "true" : null);
        put(given, "--label-pattern", RecordingOptions.LABEL_PATTERN, labelPattern);
        put(given, "--test-part", RecordingOptions.TEST, test);
        return new RecordingOptions(new TreeMap<>(given));
    }

    private void put(Map<String, String> into, String option, String key, String text) {
        if (text == null) {
            return;
        }
        RecordingOptions.problem(key, text).ifPresent(why -> {
            throw new TinytuneException(ExitCode.USAGE, option + " " + why);
        });
        into.put(key, text);
    }
}
