package org.tinytune.data.reader;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.tinytune.data.reader.SeriesColumns.Key;
import org.tinytune.data.recording.Readings;
import org.tinytune.data.recording.RecordingOptions;

/**
 * A CSV file whose rows are moments: a column a channel, perhaps one with times, and perhaps columns that say which
 * rows belong together. Consecutive rows of one label, one recording and one group are a recording; where a file says
 * nothing of it, all its rows are. A row of dashes begins another one. A recording is cut at gaps in its times.
 */
final class SeriesFile {
    /** Shorter recordings, on average, are none if their labels return over and over. */
    private static final long USUAL_ROWS = 4;

    /** The part of a recording that is its beginning: a time that falls back to it begins another one. */
    private static final double BEGINNING = 0.25;

    /** Fewer recordings may be as short as they like. */
    private static final int MIN_TURNS = 16;

    private final DataFile file;
    private final DatasetDescriptor descriptor;
    private final RecordingOptions options;
    private final List<Run> runs = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private SeriesColumns columns;
    private TimeAxis times;
    private Turns turns;
    private boolean timed;

    private SeriesFile(DataFile file, DatasetDescriptor descriptor) {
        this.file = file;
        this.descriptor = descriptor;
        this.options = descriptor.recordings();
    }

    /** Rows of a recording. */
    private static final class Run {
        private final Key key;
        private final long firstLine;
        private final int firstStep;
        private final Accumulator values = new Accumulator();
        private long lastLine;
        private double firstTime;
        private double lastTime;
        private int days;

        Run(Key key, long firstLine, int firstStep) {
            this.key = key;
            this.firstLine = firstLine;
            this.firstStep = firstStep;
        }

        /** Whether a time that falls to this one is back at the beginning. */
        boolean beginsAgainAt(double time) {
            return time <= firstTime + BEGINNING * (lastTime - firstTime);
        }
    }

    /** Whether the rows of a table are moments by what its header says. */
    static boolean isOne(List<String> header) {
        return SeriesColumns.areMoments(header);
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
            columns = SeriesColumns.of(file, table, row.get(), descriptor, notes);
            times = new TimeAxis(
                    file,
                    timeUnit(table),
                    options.rate().map(OptionalDouble::of).orElseGet(OptionalDouble::empty));
            timed = columns.time() >= 0;
            channels = columns.channels();
            turns = new Turns(columns.others());
            unit = unit(table);
            for (; row.isPresent(); row = table.next()) {
                addRow(table, row.get());
            }
        } catch (IOException e) {
            throw file.unreadable(e);
        }
        turns.note(columns.names()).ifPresent(notes::add);
        double rate = rate();
        int[] gaps = timed ? times.gaps(notes) : new int[0];
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
        requireTogether();
        if (timed) {
            double rate = times.rateHz(notes);
            if (options.timeUnit().isEmpty()) {
                times.doubt(rate).ifPresent(notes::add);
            }
            return rate;
        }
        return options.rate()
                .orElseThrow(() -> file.invalid(" has no column of times, so that its rate is unknown:"
                        + " give rate = ... in Hz (or --rate), or name the column (time_column, --time-column, or a header such as time_ms)"
                        + columns.mayBeTimes()));
    }

    /**
     * Rows of several recordings in turn, or from the last to the first, would be as many recordings of a row or two.
     */
    private void requireTogether() {
        long rows = runs.stream().mapToLong(run -> run.values.size()).sum()
                / columns.values().size();
        boolean briefly = runs.size() >= MIN_TURNS && rows < USUAL_ROWS * runs.size();
        long beginAgain = IntStream.range(1, runs.size())
                .filter(i -> runs.get(i).key.equals(runs.get(i - 1).key))
                .count();
        if (briefly && 2 * beginAgain > runs.size()) {
            throw file.invalid(
                    ": its times fall over and over: sort the rows by label, recording and group first, then by"
                            + " time");
        }
        List<Key> keys = runs.stream().map(run -> run.key).distinct().toList();
        boolean theyReturn = keys.size() > 1 && runs.size() >= 2 * keys.size();
        if (theyReturn && (rows == runs.size() || briefly)) {
            throw file.invalid(
                    ": rows of " + keys.get(0).besides(keys.get(1)) + " and "
                            + keys.get(1).besides(keys.get(0))
                            + " alternate: sort the rows by label, recording and group first,"
                            + " then by time, or number the recordings in a column and name it by recording_column (or --recording-column)");
        }
    }

    private Optional<Double> timeUnit(CsvTable table) {
        return options.timeUnit()
                .or(() -> columns.time() < 0
                        ? Optional.empty()
                        : table.header()
                                .flatMap(h -> TimeNames.unitOf(h.get(columns.time())))
                                .or(() -> TimeNames.unit(table.unit(columns.time()))));
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
        turns.add(row);
        Key key = columns.key(row);
        if (key.label().isPresent() && key.label().get().isEmpty()) {
            throw table.invalidCell(columns.label(), "the label is missing (give one, or remove the row)");
        }
        OptionalDouble time = time(table, row);
        Run run = runs.isEmpty() ? null : runs.get(runs.size() - 1);
        boolean same = run != null && !table.isParted() && Objects.equals(run.key, key);
        if (same && time.isPresent()) {
            double clock = time.getAsDouble() + run.days * TimeAxis.SECONDS_A_DAY;
            boolean midnight = times.isNextDay(run.lastTime, clock);
            run.days += midnight ? 1 : 0;
            time = OptionalDouble.of(midnight ? clock + TimeAxis.SECONDS_A_DAY : clock);
        }
        boolean back = run != null && time.isPresent() && time.getAsDouble() < run.lastTime;
        if (same && back && !(columns.tellRuns() && run.beginsAgainAt(time.getAsDouble()))) {
            leaveTimes(
                    table,
                    "the time goes back to '" + CsvTable.shown(row.get(columns.time()))
                            + "': sort the rows, or say by a recording_column where a recording begins");
            time = OptionalDouble.empty();
            back = false;
        }
        if (!same || back) {
            run = new Run(key, table.line(), times.steps());
            run.firstTime = time.orElse(0);
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
                            + " recording_column or group_column (or --label-column ...), otherwise leave it out by"
                            + " columns, or --columns"));
        }
        if (run.values.size() > WavFile.MAX_SAMPLES) {
            throw table.invalidRow(": more than " + WavFile.MAX_SAMPLES + " readings in one recording: split it");
        }
    }

    private OptionalDouble time(CsvTable table, List<String> row) {
        if (!timed) {
            return OptionalDouble.empty();
        }
        OptionalDouble time = times.parse(table.plain(row, columns.time()));
        if (time.isEmpty()) {
            leaveTimes(table, TimeAxis.refusal(row.get(columns.time())));
        }
        return time;
    }

    /** Does without times that are none, if the user says the rate and the channels, and of times nothing. */
    private void leaveTimes(CsvTable table, String why) {
        boolean named = options.timeColumn().isPresent();
        if (named || options.rate().isEmpty() || options.columns().isEmpty()) {
            throw table.invalidCell(
                    columns.time(),
                    why + "; times are not needed if --columns and --rate are given"
                            + (named ? ", and no time_column" : ""));
        }
        timed = false;
        notes.add(table.invalidCell(columns.time(), why).getMessage()
                + "; from there on readings are taken for evenly spaced, at the rate that is stated, and no gap is seen"
                + (columns.tellRuns() ? ", nor where times begin again" : ""));
    }
}
