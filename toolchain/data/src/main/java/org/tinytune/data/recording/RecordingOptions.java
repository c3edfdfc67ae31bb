package org.tinytune.data.recording;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a user says of recordings, and of the columns of tables, that they cannot say themselves, by the keys of
 * {@code dataset.toml}. An option of the command line is such a key with hyphens; provenance keeps the texts.
 * Everything may be left out.
 *
 * @param texts as written, by key; each one checked
 */
public record RecordingOptions(SortedMap<String, String> texts) {
    /** How long a window is. */
    public static final String WINDOW = "window";

    /** From the beginning of one window to that of the next. */
    public static final String STRIDE = "window_stride";

    /** How a recording that is shorter than a window fills it. */
    public static final String PADDING = "window_padding";

    /** Frames a second that windows have; for files that do not say their own, it is taken for theirs. */
    public static final String RATE = "rate";

    /** Real units a count. */
    public static final String SCALE = "scale";

    /** Whether channels are mixed to one. */
    public static final String MONO = "mono";

    /** How the names of files say what they hold. */
    public static final String LABEL_PATTERN = "label_pattern";

    /** Which recordings are the test part. */
    public static final String TEST = "test";

    /** The column of a time series that holds times. */
    public static final String TIME_COLUMN = "time_column";

    /** The unit of those times. */
    public static final String TIME_UNIT = "time_unit";

    /** The column of a table that says which rows are one recording. */
    public static final String RECORDING_COLUMN = "recording_column";

    /** The columns, or channels, that are readings: names, or numbers counted from 1, separated by commas. */
    public static final String COLUMNS = "columns";

    /**
     * The column of a table that holds labels, by its name or its number counted from 1; the target of a regression.
     */
    public static final String LABEL_COLUMN = "label_column";

    /** The column of a table that says which rows belong together, such as the speaker. */
    public static final String GROUP_COLUMN = "group_column";

    /** What any table has, its rows being recordings or not. */
    private static final Set<String> OF_TABLES = Set.of(COLUMNS, LABEL_COLUMN, GROUP_COLUMN);

    /** What only time series in tables have. */
    public static final Set<String> OF_SERIES = Set.of(TIME_COLUMN, TIME_UNIT, RECORDING_COLUMN);

    /** What any files have, whatever they hold. */
    public static final Set<String> OF_FILES = Set.of(LABEL_PATTERN, TEST, LABEL_COLUMN, GROUP_COLUMN);

    private static final Map<String, Function<String, ?>> PARSERS = Map.ofEntries(
            Map.entry(WINDOW, Span::parse),
            Map.entry(STRIDE, Span::parse),
            Map.entry(PADDING, Padding::parse),
            Map.entry(RATE, text -> positive(text, "is not a rate in Hz such as 8000 or 104")),
            Map.entry(SCALE, text -> positive(text, "is not real units a count, such as 0.001")),
            Map.entry(MONO, RecordingOptions::bool),
            Map.entry(LABEL_PATTERN, LabelPattern::parse),
            Map.entry(TEST, TestRule::parse),
            Map.entry(TIME_COLUMN, RecordingOptions::name),
            Map.entry(TIME_UNIT, TimeUnits::parse),
            Map.entry(RECORDING_COLUMN, RecordingOptions::name),
            Map.entry(LABEL_COLUMN, RecordingOptions::name),
            Map.entry(GROUP_COLUMN, RecordingOptions::name),
            Map.entry(COLUMNS, RecordingOptions::names));

    /** All keys, in order. */
    public static final List<String> KEYS = PARSERS.keySet().stream().sorted().toList();

    /** Says nothing. */
    public static final RecordingOptions NONE = new RecordingOptions(new TreeMap<>());

    /**
     * Copies and checks the texts.
     *
     * @throws IllegalArgumentException if a key is unknown, or its text is not of its kind; the message begins with the
     *     key
     */
    public RecordingOptions {
        texts = new TreeMap<>(texts);
        texts.forEach((key, text) -> {
            if (!PARSERS.containsKey(key)) {
                throw new IllegalArgumentException(key + " is none of " + KEYS);
            }
            problem(key, text).ifPresent(why -> {
                throw new IllegalArgumentException(key + " " + why);
            });
        });
    }

    /** The same with what others say, who come first. */
    public RecordingOptions with(RecordingOptions others) {
        SortedMap<String, String> all = new TreeMap<>(texts);
        all.putAll(others.texts);
        return new RecordingOptions(all);
    }

    /** The same without what is said by some keys. */
    public RecordingOptions without(Set<String> keys) {
        SortedMap<String, String> others = new TreeMap<>(texts);
        others.keySet().removeAll(keys);
        return new RecordingOptions(others);
    }

    /** Why the text of a known key is not of its kind: a sentence whose subject is the key. */
    public static Optional<String> problem(String key, String text) {
        try {
            Object unused = PARSERS.get(key).apply(text);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of("'" + text + "' " + e.getMessage());
        }
    }

    /** Whether anything is said that only recordings have: any table has columns. */
    public boolean speakOfRecordings() {
        return !OF_TABLES.containsAll(texts.keySet());
    }

    /** How windows are cut. */
    public WindowOptions windows() {
        return new WindowOptions(get(WINDOW, Span::parse), get(STRIDE, Span::parse), get(PADDING, Padding::parse));
    }

    /** Frames a second. */
    public Optional<Double> rate() {
        return get(RATE, Double::valueOf);
    }

    /** Real units a count. */
    public Optional<Double> scale() {
        return get(SCALE, Double::valueOf);
    }

    /** Whether channels are mixed to one. */
    public boolean mono() {
        return get(MONO, RecordingOptions::bool).orElse(false);
    }

    /** How the names of files say what they hold. */
    public Optional<LabelPattern> labelPattern() {
        return get(LABEL_PATTERN, LabelPattern::parse);
    }

    /** Which recordings are the test part. */
    public Optional<TestRule> test() {
        return get(TEST, TestRule::parse);
    }

    /** The column of a time series that holds times. */
    public Optional<String> timeColumn() {
        return get(TIME_COLUMN, RecordingOptions::name);
    }

    /** The unit of those times, in seconds. */
    public Optional<Double> timeUnit() {
        return get(TIME_UNIT, TimeUnits::parse);
    }

    /** The column of a table that says which rows are one recording. */
    public Optional<String> recordingColumn() {
        return get(RECORDING_COLUMN, RecordingOptions::name);
    }

    /** The column of a table that holds labels. */
    public Optional<String> labelColumn() {
        return get(LABEL_COLUMN, RecordingOptions::name);
    }

    /** The column of a table that says which rows belong together. */
    public Optional<String> groupColumn() {
        return get(GROUP_COLUMN, RecordingOptions::name);
    }

    /** The columns that are readings, in the order of the channels. */
    public Optional<List<String>> columns() {
        return get(COLUMNS, RecordingOptions::names);
    }

    private <T> Optional<T> get(String key, Function<String, T> parser) {
        return Optional.ofNullable(texts.get(key)).map(parser);
    }

    private static double positive(String text, String otherwise) {
        if (!text.matches("[0-9]{1,12}(\\.[0-9]{1,15})?([eE]-?[0-9]{1,2})?") || !(Double.parseDouble(text) > 0)) {
            throw new IllegalArgumentException(otherwise);
        }
        return Double.parseDouble(text);
    }

    private static boolean bool(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("is neither true nor false");
        }
        return text.equals("true");
    }

    private static String name(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("is no name of a column");
        }
        return text;
    }

    private static List<String> names(String text) {
        List<String> names = Stream.of(text.split(",", -1)).map(String::strip).toList();
        if (names.contains("")) {
            throw new IllegalArgumentException("is no list of columns such as ax,ay,az or 2,3,4");
        }
        if (names.stream().distinct().count() != names.size()) {
            throw new IllegalArgumentException("names a column twice");
        }
        return names;
    }
}
