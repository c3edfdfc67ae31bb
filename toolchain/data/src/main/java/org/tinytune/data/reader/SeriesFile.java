package org.tinytune.data.reader;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.tinytune.data.recording.Readings;
import org.tinytune.data.recording.RecordingOptions;

/**
 * A CSV file whose rows are moments: a column a channel, perhaps one with times, and perhaps columns that say which
 * rows belong together. Consecutive rows of one label, one recording and one group are a recording; where a file says
 * nothing of it, all its rows are.
 */
final class SeriesFile {
    private static final Set<String> RECORDING_NAMES =
            Set.of("recording", "recording_id", "session", "session_id", "trial", "trial_id");
    private static final Set<String> GROUP_NAMES =
            Set.of("group", "subject", "subject_id", "user", "user_id", "participant", "participant_id", "speaker");

    /** Numbers of rows, as table programs write them. */
    private static final Set<String> INDEX_NAMES = Set.of("", "index", "unnamed: 0", "row");

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
        private final Accumulator values = new Accumulator();
        private long lastLine;
        private double lastTime;

        Run(Key key, long firstLine) {
            this.key = key;
            this.firstLine = firstLine;
        }
    }

    /** Reads a file. */
    static DecodedFile read(DataFile file, DatasetDescriptor descriptor) {
        return new SeriesFile(file, descriptor).read();
    }

    private DecodedFile read() {
        List<String> channels;
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
            channels = channels(table);
            for (; row.isPresent(); row = table.next()) {
                addRow(table, row.get());
            }
        } catch (IOException e) {
            throw file.unreadable(e);
        }
        double rate = rate();
        boolean several = runs.size() > 1;
        List<DecodedFile.Segment> segments = new ArrayList<>();
        for (Run run : runs) {
            Readings readings = Readings.ofValues(Readings.Kind.SERIES, channels, "", rate, run.values.floats());
            String suffix = several ? " lines " + run.firstLine + "-" + run.lastLine : "";
            segments.add(new DecodedFile.Segment(suffix, run.key.label(), run.key.group(), readings));
        }
        return new DecodedFile(segments, notes);
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
                        : table.header().flatMap(h -> TimeAxis.unitOf(h.get(columns.time()))));
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
            run = new Run(key, table.line());
            runs.add(run);
        } else if (time.isPresent()) {
            times.step(run.lastTime, time.getAsDouble(), table.line());
        }
        run.lastTime = time.orElse(0);
        run.lastLine = table.line();
        for (int column : columns.values()) {
            run.values.add(table.number(
                    row,
                    column,
                    "a channel is one: if the column is a label, a recording or a group, say so by label_column,"
                            + " recording_column or group_column, otherwise remove it"));
        }
        if (run.values.size() > WavFile.MAX_SAMPLES) {
            throw table.invalidRow(": more than " + WavFile.MAX_SAMPLES + " readings in one recording: split it");
        }
    }

    private OptionalDouble time(CsvTable table, List<String> row) {
        if (columns.time() < 0) {
            return OptionalDouble.empty();
        }
        OptionalDouble time = times.parse(row.get(columns.time()));
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
            throw table.invalidRow(
                    " has " + count + " columns, the header has " + header.size() + ": both must have the same");
        }
        int label = stated(table, descriptor.labelColumn(), count, "label_column")
                .or(table::usualLabelColumn)
                .orElse(-1);
        int group = stated(table, descriptor.groupColumn(), count, "group_column")
                .orElseGet(() -> named(header, GROUP_NAMES));
        int recording = stated(table, options.recordingColumn(), count, RecordingOptions.RECORDING_COLUMN)
                .orElseGet(() -> named(header, RECORDING_NAMES));
        int time = stated(table, options.timeColumn(), count, RecordingOptions.TIME_COLUMN)
                .orElseGet(() -> timeColumn(header, first));
        List<Integer> values = new ArrayList<>();
        for (int c = 0; c < count; c++) {
            boolean aside = c == label || c == group || c == recording || c == time;
            boolean known = c < header.size()
                    && (TimeAxis.isTime(header.get(c))
                            || INDEX_NAMES.contains(header.get(c).toLowerCase(Locale.ROOT)));
            if (!aside && !known) {
                values.add(c);
            }
        }
        if (values.isEmpty()) {
            throw file.invalid(" has " + count + (count == 1 ? " column" : " columns")
                    + ", none of which is left for readings: separate columns by commas, semicolons or tabs");
        }
        return new Columns(count, time, label, recording, group, values);
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

    /** By its name, or the first column if it holds dates. */
    private static int timeColumn(List<String> header, List<String> first) {
        for (int c = 0; c < header.size(); c++) {
            if (TimeAxis.isTime(header.get(c))) {
                return c;
            }
        }
        return first.get(0).matches("\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:.*") ? 0 : -1;
    }

    private List<String> channels(CsvTable table) {
        return columns.values().stream()
                .map(c -> table.header().map(h -> h.get(c)).orElse("column" + (c + 1)))
                .toList();
    }
}
