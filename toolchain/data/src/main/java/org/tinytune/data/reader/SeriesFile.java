package org.tinytune.data.reader;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.tinytune.data.recording.Readings;
import org.tinytune.data.recording.RecordingOptions;

/**
 * A CSV file whose rows are moments: a column a channel, perhaps one with times, and perhaps columns that say which
 * rows belong together. Consecutive rows of one label, one recording and one group are a recording; where a file says
 * nothing of it, all its rows are. A recording is cut at gaps in its times.
 *
 * <p>Columns that number rows, or whose first cell is a text, are no channels, unless the user says which ones are.
 */
final class SeriesFile {
    private static final Set<String> RECORDING_NAMES =
            Set.of("recording", "recording_id", "session", "session_id", "trial", "trial_id");
    private static final Set<String> GROUP_NAMES =
            Set.of("group", "subject", "subject_id", "user", "user_id", "participant", "participant_id", "speaker");

    /** Names of a label column, if it holds words. */
    private static final Set<String> WORD_LABEL_NAMES =
            Set.of("labels", "activity", "gesture", "category", "state", "event", "klasse");

    /** Numbers of rows, packets or devices. */
    private static final Set<String> INDEX_NAMES = Set.of(
            "",
            "#",
            "index",
            "idx",
            "unnamed: 0",
            "row",
            "id",
            "uuid",
            "sample_id",
            "row_id",
            "device_id",
            "msgid",
            "seq",
            "sequence",
            "counter",
            "packet",
            "packet_id",
            "nr",
            "nr.",
            "no",
            "no.",
            "lfd. nr.");

    private final DataFile file;
    private final DatasetDescriptor descriptor;
    private final RecordingOptions options;
    private final List<Run> runs = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private Columns columns;
    private TimeAxis times;

    private SeriesFile(DataFile file, DatasetDescriptor descriptor) {
        this.file = file;
        this.descriptor = descriptor;
        this.options = descriptor.recordings();
    }

    /**
     * What the columns are; -1 for one that is not there.
     *
     * @param values indices of the channels
     */
    private record Columns(int count, int time, int label, int recording, int group, List<Integer> values) {
        boolean tellRuns() {
            return label >= 0 || recording >= 0;
        }
    }

    /** What rows of one recording have in common. */
    private record Key(Optional<String> label, Optional<String> recording, Optional<String> group) {}

    /** Rows of a recording. */
    private static final class Run {
        private final Key key;
        private final long firstLine;
        private final int firstStep;
        private final Accumulator values = new Accumulator();
        private long lastLine;
        private double lastTime;

        Run(Key key, long firstLine, int firstStep) {
            this.key = key;
            this.firstLine = firstLine;
            this.firstStep = firstStep;
        }
    }

    /** Reads a file. */
    static DecodedFile read(DataFile file, DatasetDescriptor descriptor) {
        return new SeriesFile(file, descriptor).read();
    }

    private DecodedFile read() {
        List<String> channels;
        String unit;
        try (CsvTable table = CsvTable.open(file, descriptor.labelColumn())) {
            Optional<List<String>> row = table.next();
            if (row.isEmpty()) {
                throw file.invalid(table.header().isPresent() ? " has a header but no readings" : " is empty");
            }
            columns = columns(table, row.get());
            times = new TimeAxis(
                    file,
                    timeUnit(table),
                    options.rate().map(OptionalDouble::of).orElseGet(OptionalDouble::empty));
            channels = columns.values().stream().map(names(table)::get).toList();
            unit = unit(table);
            for (; row.isPresent(); row = table.next()) {
                addRow(table, row.get());
            }
        } catch (IOException e) {
            throw file.unreadable(e);
        }
        double rate = rate();
        int[] gaps = columns.time() < 0 ? new int[0] : times.gaps(notes);
        List<DecodedFile.Segment> segments = new ArrayList<>();
        for (Run run : runs) {
            Readings readings = Readings.ofValues(Readings.Kind.SERIES, channels, unit, rate, run.values.floats());
            addSegments(run, readings, gaps, segments);
        }
        return new DecodedFile(segments, notes);
    }

    /** The recording, or what lies between its gaps. */
    private void addSegments(Run run, Readings readings, int[] gaps, List<DecodedFile.Segment> segments) {
        int frames = readings.frames();
        int[] cuts = IntStream.of(gaps)
                .filter(step -> step >= run.firstStep && step < run.firstStep + frames - 1)
                .toArray();
        Optional<String> whole =
                cuts.length == 0 ? Optional.empty() : Optional.of(file.name() + suffix(run.firstLine, run.lastLine));
        long firstLine = run.firstLine;
        int from = 0;
        for (int cut : cuts) {
            int to = cut - run.firstStep + 1;
            long lastLine = to == 1 ? run.firstLine : times.line(cut - 1);
            segments.add(segment(run.key, suffix(firstLine, lastLine), whole, readings.frames(from, to)));
            from = to;
            firstLine = times.line(cut);
        }
        boolean only = runs.size() == 1 && cuts.length == 0;
        String suffix = only ? "" : suffix(firstLine, run.lastLine);
        segments.add(segment(run.key, suffix, whole, from == 0 ? readings : readings.frames(from, frames)));
    }

    private static DecodedFile.Segment segment(Key key, String suffix, Optional<String> whole, Readings readings) {
        return new DecodedFile.Segment(suffix, key.label(), key.group(), whole, readings);
    }

    private static String suffix(long firstLine, long lastLine) {
        return " lines " + firstLine + "-" + lastLine;
    }

    private double rate() {
        if (columns.time() >= 0) {
            return times.rateHz(notes);
        }
        return options.rate()
                .orElseThrow(
                        () -> file.invalid(
                                " has no column of times, so that its rate is unknown:"
                                        + " give rate = ... in Hz (or --rate), or name the column (time_column, or a header such as time_ms)"));
    }

    private Optional<Double> timeUnit(CsvTable table) {
        return options.timeUnit()
                .or(() -> columns.time() < 0
                        ? Optional.empty()
                        : table.header()
                                .flatMap(h -> TimeAxis.unitOf(h.get(columns.time())))
                                .or(() -> TimeAxis.unit(table.unit(columns.time()))));
    }

    /** That of all channels, if they have the same. */
    private String unit(CsvTable table) {
        List<String> units =
                columns.values().stream().map(table::unit).distinct().toList();
        return units.size() == 1 ? units.get(0) : "";
    }

    private void addRow(CsvTable table, List<String> row) {
        if (row.size() != columns.count()) {
            throw table.invalidRow(" has " + row.size() + " columns, the rows before have " + columns.count()
                    + ": all rows must have the same");
        }
        Key key = new Key(cell(row, columns.label()), cell(row, columns.recording()), cell(row, columns.group()));
        if (key.label().isPresent() && key.label().get().isEmpty()) {
            throw table.invalidCell(columns.label(), "the label is missing (give one, or remove the row)");
        }
        OptionalDouble time = time(table, row);
        Run run = runs.isEmpty() ? null : runs.get(runs.size() - 1);
        boolean back = run != null && time.isPresent() && time.getAsDouble() < run.lastTime;
        boolean same = run != null && Objects.equals(run.key, key);
        if (same && back && !columns.tellRuns()) {
            throw table.invalidCell(
                    columns.time(),
                    "the time goes back to '" + CsvTable.shown(row.get(columns.time()))
                            + "': sort the rows, or say by a recording_column where a recording begins");
        }
        if (!same || back) {
            run = new Run(key, table.line(), times.steps());
            runs.add(run);
        } else if (time.isPresent()) {
            times.step(run.lastTime, time.getAsDouble(), table.line());
        }
        run.lastTime = time.orElse(0);
        run.lastLine = table.line();
        for (int column : columns.values()) {
            run.values.add(table.reading(
                    row,
                    column,
                    "a channel is one: if the column is a label, a recording or a group, say so by label_column,"
                            + " recording_column or group_column, otherwise leave it out by columns, or --columns"));
        }
        if (run.values.size() > WavFile.MAX_SAMPLES) {
            throw table.invalidRow(": more than " + WavFile.MAX_SAMPLES + " readings in one recording: split it");
        }
    }

    private OptionalDouble time(CsvTable table, List<String> row) {
        if (columns.time() < 0) {
            return OptionalDouble.empty();
        }
        OptionalDouble time = times.parse(table.plain(row, columns.time()));
        if (time.isEmpty()) {
            throw table.invalidCell(
                    columns.time(),
                    "'" + CsvTable.shown(row.get(columns.time()))
                            + "' is no time (a number, or a date such as 2026-01-31T12:00:00.250Z)");
        }
        return time;
    }

    private static Optional<String> cell(List<String> row, int column) {
        return column < 0 ? Optional.empty() : Optional.of(row.get(column));
    }

    private Columns columns(CsvTable table, List<String> first) {
        int count = first.size();
        List<String> header = table.header().orElse(List.of());
        if (!header.isEmpty() && header.size() != count) {
            throw table.otherThanHeader(count, header.size());
        }
        int label = stated(table, descriptor.labelColumn(), count, "label_column")
                .or(table::usualLabelColumn)
                .orElseGet(() -> wordLabel(header, first));
        int group =
                stated(table, descriptor.groupColumn(), count, "group_column").orElseGet(() -> groupColumn(header));
        int recording = stated(table, options.recordingColumn(), count, RecordingOptions.RECORDING_COLUMN)
                .orElseGet(() -> named(header, RECORDING_NAMES));
        int time = stated(table, options.timeColumn(), count, RecordingOptions.TIME_COLUMN)
                .orElseGet(() -> timeColumn(header, first));
        Set<Integer> aside = new TreeSet<>(List.of(label, group, recording, time));
        List<Integer> values = options.columns()
                .map(wanted -> ColumnNames.find(file, wanted, namesOr(header, count)))
                .orElseGet(() -> channels(header, first, aside));
        if (values.isEmpty()) {
            throw file.invalid(" has " + count + (count == 1 ? " column" : " columns")
                    + ", none of which is left for readings: separate columns by commas, semicolons or tabs");
        }
        if (options.columns().isEmpty()) {
            ColumnNames.requireDistinct(file, values, namesOr(header, count));
        }
        return new Columns(count, time, label, recording, group, values);
    }

    /** What looks like readings; the rest is told. */
    private List<Integer> channels(List<String> header, List<String> first, Set<Integer> aside) {
        List<Integer> values = new ArrayList<>();
        List<String> left = new ArrayList<>();
        for (int c = 0; c < first.size(); c++) {
            String name = c < header.size() ? header.get(c) : "";
            if (aside.contains(c) || TimeAxis.isTime(name)) {
                continue;
            }
            boolean number = c < header.size() && INDEX_NAMES.contains(name.toLowerCase(Locale.ROOT));
            if (number || (c < header.size() && !CsvTable.looksNumeric(first.get(c)))) {
                left.add(name.isEmpty() ? "(without a name)" : name);
            } else {
                values.add(c);
            }
        }
        if (!left.isEmpty() && !values.isEmpty()) {
            notes.add((left.size() == 1 ? "the column " : "the columns ") + ColumnNames.list(left)
                    + (left.size() == 1 ? " is" : " are") + " taken for no readings (columns = \"...\", or --columns,"
                    + " says which ones are)");
        }
        return values;
    }

    private static int wordLabel(List<String> header, List<String> first) {
        int named = named(header, WORD_LABEL_NAMES);
        return named >= 0 && !CsvTable.looksNumeric(first.get(named)) ? named : -1;
    }

    /** Names of all columns: those of the header, or numbers. */
    private static List<String> namesOr(List<String> header, int count) {
        return header.isEmpty()
                ? IntStream.rangeClosed(1, count).mapToObj(c -> "column" + c).toList()
                : header;
    }

    private List<String> names(CsvTable table) {
        return namesOr(table.header().orElse(List.of()), columns.count());
    }

    private static Optional<Integer> stated(CsvTable table, Optional<String> wanted, int count, String purpose) {
        return wanted.map(column -> table.column(column, count, purpose));
    }

    private static int named(List<String> header, Set<String> names) {
        for (int c = 0; c < header.size(); c++) {
            if (names.contains(header.get(c).toLowerCase(Locale.ROOT))) {
                return c;
            }
        }
        return -1;
    }

    /** The column that says which samples belong together, by its name; -1 if there is none. */
    static int groupColumn(List<String> header) {
        return named(header, GROUP_NAMES);
    }

    /** By its name, if it holds times, or the first column if it holds dates. */
    private static int timeColumn(List<String> header, List<String> first) {
        int named = -1;
        for (int c = header.size() - 1; c >= 0; c--) {
            boolean better = named < 0 || TimeAxis.isTimeCell(first.get(c)) || !TimeAxis.isTimeCell(first.get(named));
            if (TimeAxis.isTime(header.get(c)) && better) {
                named = c;
            }
        }
        return named < 0 && TimeAxis.isDate(first.get(0)) ? 0 : named;
    }

    /**
     * Whether the rows of a table are moments by what its header says: the first column is called a time, but for those
     * that say to whom or what a row belongs.
     */
    static boolean isOne(List<String> header) {
        for (String name : header) {
            String lower = name.toLowerCase(Locale.ROOT);
            boolean before = INDEX_NAMES.contains(lower)
                    || RECORDING_NAMES.contains(lower)
                    || GROUP_NAMES.contains(lower)
                    || WORD_LABEL_NAMES.contains(lower)
                    || lower.equals("label");
            if (!before) {
                return TimeAxis.isTime(name);
            }
        }
        return false;
    }
}
