package org.tinytune.data.reader;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.tinytune.data.reader.RisingColumns.Rise;
import org.tinytune.data.recording.RecordingOptions;

/**
 * What the columns of a time series are: what the user says, otherwise what their names say, otherwise what their
 * numbers say of times. Columns that number rows, that hold times, or whose first cell is a text, are no channels,
 * unless the user says which ones are.
 */
final class SeriesColumns {
    private static final List<String> RECORDING_NAMES =
            List.of("recording", "recording_id", "session", "session_id", "trial", "trial_id");

    private final DataFile file;
    private final DatasetDescriptor descriptor;
    private final RecordingOptions options;
    private final List<String> header;
    private final List<String> first;
    private final List<String> names;
    private final int label;
    private final int group;
    private final int recording;
    private final int time;
    private final List<Integer> values;
    private final Map<Integer, Rise> rises;

    /** What rows of one recording have in common. */
    record Key(Optional<String> label, Optional<String> recording, Optional<String> group) {
        /** What tells it from another, as a message may show it. */
        String besides(Key other) {
            Optional<String> own = recording.equals(other.recording) ? label : recording;
            return "'" + CsvTable.shown((group.equals(other.group) ? own : group).orElse("")) + "'";
        }
    }

    private SeriesColumns(
            DataFile file, CsvTable table, List<String> first, DatasetDescriptor descriptor, List<String> notes) {
        this.file = file;
        this.descriptor = descriptor;
        this.options = descriptor.recordings();
        this.first = first;
        this.header = table.header().orElse(List.of());
        int count = first.size();
        if (!header.isEmpty() && header.size() != count) {
            throw table.otherThanHeader(first, header.size());
        }
        this.names = header.isEmpty()
                ? IntStream.rangeClosed(1, count).mapToObj(c -> "column" + c).toList()
                : header;
        this.label = stated(table, descriptor.labelColumn(), "label_column")
                .or(table::usualLabelColumn)
                .orElseGet(() -> SideColumns.wordLabel(header, first));
        this.group = stated(table, descriptor.groupColumn(), "group_column")
                .orElseGet(() -> SideColumns.group(header, List.of(label)));
        this.recording = stated(table, options.recordingColumn(), RecordingOptions.RECORDING_COLUMN)
                .orElseGet(() -> ColumnNames.anyOf(RECORDING_NAMES, header).orElse(-1));
        Optional<Integer> stated = stated(table, options.timeColumn(), RecordingOptions.TIME_COLUMN);
        int named = stated.orElseGet(() -> timeColumn(header, first));
        Optional<List<Integer>> wanted = options.columns().map(columns -> ColumnNames.find(file, columns, names));
        Set<Integer> channels = Set.copyOf(wanted.orElse(List.of()));
        this.rises = rises(named, channels);
        this.time = named >= 0 ? named : likelyTime(channels);
        if (named < 0 && time >= 0 && !TimeNames.isTime(name(time))) {
            notes.add(
                    "the column " + names.get(time) + " is taken for times (time_column = ..., or --time-column, names"
                            + " another one; columns = \"...\", or --columns, makes a channel of it)");
        }
        this.values = wanted.orElseGet(() -> likelyChannels(notes));
        if (values.isEmpty()) {
            throw file.invalid(" has " + count + (count == 1 ? " column" : " columns")
                    + ", none of which is left for readings: separate columns by commas, semicolons or tabs"
                    + (first.stream().noneMatch(CsvTable::looksNumeric) ? CsvTable.REMOVE_PREAMBLE : ""));
        }
        if (wanted.isEmpty()) {
            ColumnNames.requireDistinct(file, values, names);
        }
    }

    /**
     * Tells the columns of a table.
     *
     * @param first its first row
     * @param notes told of what a user should know
     * @throws org.tinytune.core.TinytuneException with {@link org.tinytune.core.ExitCode#INVALID_INPUT} if one is not
     *     there that the user names, or none is left for readings
     */
    static SeriesColumns of(
            DataFile file, CsvTable table, List<String> first, DatasetDescriptor descriptor, List<String> notes) {
        return new SeriesColumns(file, table, first, descriptor, notes);
    }

    /** How many there are. */
    int count() {
        return first.size();
    }

    /** The index of the times; -1 if there are none. */
    int time() {
        return time;
    }

    /** The index of the labels; -1 if there are none. */
    int label() {
        return label;
    }

    /** Indices of the channels. */
    List<Integer> values() {
        return values;
    }

    /** Names of the channels. */
    List<String> channels() {
        return values.stream().map(names::get).toList();
    }

    /** Names of all columns. */
    List<String> names() {
        return names;
    }

    /** Indices of words and numbers of devices that are neither a channel nor times, nor tell where a row belongs. */
    List<Integer> others() {
        return IntStream.range(0, first.size())
                .filter(c -> c != time && !isAside(c) && !values.contains(c))
                .filter(c -> isSide(c) || !CsvTable.looksNumeric(first.get(c)))
                .boxed()
                .toList();
    }

    /** Whether a column says where a recording begins. */
    boolean tellRuns() {
        return label >= 0 || recording >= 0;
    }

    /** To which recording a row belongs. */
    Key key(List<String> row) {
        return new Key(cell(row, label), cell(row, recording), cell(row, group));
    }

    private static Optional<String> cell(List<String> row, int column) {
        return column < 0 ? Optional.empty() : Optional.of(row.get(column));
    }

    /** What to do if a column holds times of a unit that nothing tells, as the end of a message; perhaps empty. */
    String mayBeTimes() {
        return rises.entrySet().stream()
                .filter(entry -> entry.getValue().isNoChance())
                .map(Map.Entry::getKey)
                .findFirst()
                .map(column -> ": if " + names.get(column) + " holds times, --time-column " + called(column)
                        + " --time-unit ms (or s, us, ns) say so")
                .orElse("");
    }

    private String called(int column) {
        boolean clear = !header.isEmpty() && ColumnNames.named(names.get(column), header) == column;
        return clear && !names.get(column).isEmpty() ? names.get(column) : Integer.toString(column + 1);
    }

    private Optional<Integer> stated(CsvTable table, Optional<String> wanted, String purpose) {
        return wanted.map(column -> table.column(column, first.size(), purpose));
    }

    /**
     * The columns that rise, of those that may be times: with times at hand, only what is called so, or begins with a
     * number that few sensors give, is looked at, and no file twice that has none.
     */
    private Map<Integer, Rise> rises(int named, Set<Integer> wanted) {
        List<Integer> candidates = IntStream.range(0, first.size())
                .filter(c -> isOpen(c, named) && !wanted.contains(c) && CsvTable.looksNumeric(first.get(c)))
                .filter(c -> named < 0
                        || TimeNames.isLikeTime(name(c))
                        || TimeNames.isTimeOrReading(name(c))
                        || TimeAxis.number(first.get(c)) >= Rise.LARGE)
                .boxed()
                .toList();
        return RisingColumns.of(file, descriptor.labelColumn(), candidates, this::key, tellRuns());
    }

    /** Whether nothing is known of a column by its name. */
    private boolean isOpen(int column, int named) {
        return column != named && !isAside(column) && !isTimeByName(name(column)) && !isSide(column);
    }

    private boolean isAside(int column) {
        return column == label || column == group || column == recording;
    }

    private boolean isSide(int column) {
        return column < header.size() && SideColumns.isSide(name(column));
    }

    private static boolean isTimeByName(String name) {
        return TimeNames.isTime(name) && !TimeNames.isTimeOrReading(name);
    }

    private String name(int column) {
        return column < header.size() ? header.get(column) : "";
    }

    /** The first column that is called like times and holds some, otherwise one whose numbers tell; -1 if none is. */
    private int likelyTime(Set<Integer> wanted) {
        return IntStream.range(0, first.size())
                .filter(c -> isOpen(c, -1) && !wanted.contains(c) && isCalledTime(c))
                .findFirst()
                .orElseGet(() -> rises.entrySet().stream()
                        .filter(entry -> entry.getValue().tellsTime())
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElse(-1));
    }

    private boolean isCalledTime(int column) {
        boolean dates = !CsvTable.looksNumeric(first.get(column)) && TimeAxis.isTimeCell(first.get(column));
        Optional<Rise> rise = Optional.ofNullable(rises.get(column));
        return TimeNames.isTimeOrReading(name(column))
                ? dates || rise.filter(Rise::advances).isPresent()
                : TimeNames.isLikeTime(name(column))
                        && (dates || rise.filter(Rise::rises).isPresent());
    }

    /** Whether a column holds times, if not those that are taken, or counts of which no sensor gives any. */
    private boolean holdsOtherTimes(int column) {
        Optional<Rise> rise = Optional.ofNullable(rises.get(column));
        return TimeNames.isSurelyTime(name(column))
                || isCalledTime(column)
                || rise.filter(r -> r.isSince1970() || r.isLargeCount()).isPresent();
    }

    /** What looks like readings; the rest is told. */
    private List<Integer> likelyChannels(List<String> notes) {
        List<Integer> channels = new ArrayList<>();
        Set<String> left = new LinkedHashSet<>();
        List<String> words = new ArrayList<>();
        for (int c = 0; c < first.size(); c++) {
            if (c == time || isAside(c)) {
                continue;
            }
            boolean isWord = !header.isEmpty() && !CsvTable.looksNumeric(first.get(c));
            if (isWord && !isSide(c) && !TimeAxis.isTimeCell(first.get(c))) {
                words.add(SideColumns.shown(name(c)));
            }
            if (isWord || isSide(c) || isTimeByName(name(c)) || holdsOtherTimes(c)) {
                left.add(names.get(c));
            } else {
                channels.add(c);
            }
        }
        if (!left.isEmpty() && !channels.isEmpty()) {
            notes.add(SideColumns.leftOut(left, "readings", SideColumns.CHOOSE));
        }
        if (!words.isEmpty() && label < 0) {
            notes.add("words are in " + ColumnNames.list(words) + ": if they are labels, label_column = \"...\", or"
                    + " --label-column, says so");
        }
        return channels;
    }

    /** By its name, if it holds times, or the first column if it holds dates. */
    private static int timeColumn(List<String> header, List<String> first) {
        int named = -1;
        for (int c = header.size() - 1; c >= 0; c--) {
            boolean better = named < 0 || TimeAxis.isTimeCell(first.get(c)) || !TimeAxis.isTimeCell(first.get(named));
            if (isTimeByName(header.get(c)) && better) {
                named = c;
            }
        }
        return named < 0 && TimeAxis.isDate(first.get(0)) ? 0 : named;
    }

    /**
     * Whether the rows of a table are moments by what its header says: the first column is called a time, but for those
     * that say to whom or what a row belongs.
     */
    static boolean areMoments(List<String> header) {
        return firstOfMoment(header)
                .filter(c -> TimeNames.isTime(header.get(c)))
                .isPresent();
    }

    /** The same of a file, whose numbers tell what a name leaves open. */
    static boolean areMoments(DataFile file, Optional<String> labelColumn, List<String> header) {
        return firstOfMoment(header)
                .filter(c -> isTimeByName(header.get(c)) || holdsMoments(file, labelColumn, header.get(c), c))
                .isPresent();
    }

    /** Whether a column is called like times, if not as such, and its numbers are. */
    private static boolean holdsMoments(DataFile file, Optional<String> labelColumn, String name, int column) {
        boolean called = TimeNames.isTimeOrReading(name) || TimeNames.isSurelyTime(name);
        if (!called && !TimeNames.isLikeTime(name)) {
            return false;
        }
        Rise rise = RisingColumns.of(file, labelColumn, List.of(column), row -> "", true)
                .get(column);
        return rise != null && rise.advances() && (called || rise.isSince1970());
    }

    private static Optional<Integer> firstOfMoment(List<String> header) {
        return IntStream.range(0, header.size())
                .filter(c -> !isBeforeMoment(header.get(c)))
                .boxed()
                .findFirst();
    }

    private static boolean isBeforeMoment(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return SideColumns.isSide(name)
                || SideColumns.isWordLabel(name)
                || RECORDING_NAMES.contains(lower)
                || lower.equals("label");
    }
}
