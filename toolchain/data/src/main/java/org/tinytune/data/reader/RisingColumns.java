package org.tinytune.data.reader;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.tinytune.core.TinytuneException;

/**
 * Columns of a table whose numbers never fall within a recording, as times and counters do and readings of sensors do
 * not. A file is read no further than the row in which the last of them falls.
 */
final class RisingColumns {
    /** Where recordings may begin again without a sign of it, one row of so many may fall. */
    private static final int ROWS_A_FALL = 16;

    private final Function<List<String>, ?> recordingOf;
    private final boolean mayRestart;
    private final Map<Integer, Rise> rises = new TreeMap<>();

    /** What is known of a column that rises. Numbers are doubles, for float32 does not tell times since 1970 apart. */
    static final class Rise {
        /** Fewer rows may well rise by chance. */
        private static final int MIN_ROWS = 16;

        /** Float32 has no whole numbers above it without gaps. */
        static final double LARGE = 1 << 24;

        private double min = Double.POSITIVE_INFINITY;
        private double max = Double.NEGATIVE_INFINITY;
        private double last;
        private double risen;
        private long rows;
        private long steps;
        private long climbs;
        private long falls;
        private boolean whole = true;
        private boolean strict = true;

        private Rise() {}

        private void add(double value, boolean begins) {
            if (!begins && value >= last) {
                risen += value - last;
                steps++;
                climbs += value > last ? 1 : 0;
                strict &= value > last;
            } else if (!begins) {
                falls++;
            }
            whole &= value == Math.rint(value);
            min = Math.min(min, value);
            max = Math.max(max, value);
            last = value;
            rows++;
        }

        private boolean falls(boolean mayRestart) {
            return mayRestart ? ROWS_A_FALL * falls > rows + ROWS_A_FALL : falls > 0;
        }

        /** Whether it rises at all. */
        boolean rises() {
            return risen > 0;
        }

        /** Whether it rises from most rows to the next, as times do and slow readings do not. */
        boolean advances() {
            return 2 * climbs > steps + falls;
        }

        /** Whether it rises in so many rows that no chance makes it. */
        boolean isNoChance() {
            return rows >= MIN_ROWS && strict && rises();
        }

        /** Whether all its numbers are of the size of times since 1970, in one unit. */
        boolean isSince1970() {
            Optional<Double> unit = TimeAxis.unitSince1970(min);
            return rises() && unit.isPresent() && unit.equals(TimeAxis.unitSince1970(max));
        }

        /** Whether it counts what no sensor does: whole numbers that are too large for readings. */
        boolean isLargeCount() {
            return isNoChance() && whole && min >= LARGE;
        }

        /** Whether its unit is beyond doubt, so that it can be taken for times whatever it is called. */
        boolean tellsTime() {
            return strict && (isSince1970() || (isLargeCount() && risen >= TimeAxis.MIN_NANOSECONDS * steps));
        }
    }

    private RisingColumns(Function<List<String>, ?> recordingOf, boolean mayRestart) {
        this.recordingOf = recordingOf;
        this.mayRestart = mayRestart;
    }

    /**
     * Looks at some columns of a file.
     *
     * @param labelColumn what the user calls the label column
     * @param columns their indices
     * @param recordingOf what of a row tells the recordings apart
     * @param mayRestart whether a recording may begin again with nothing else to tell it
     * @return those that rise; none if the file cannot be read to its end, which its reader tells better
     */
    static Map<Integer, Rise> of(
            DataFile file,
            Optional<String> labelColumn,
            Collection<Integer> columns,
            Function<List<String>, ?> recordingOf,
            boolean mayRestart) {
        RisingColumns rising = new RisingColumns(recordingOf, mayRestart);
        columns.forEach(column -> rising.rises.put(column, new Rise()));
        if (columns.isEmpty()) {
            return rising.rises;
        }
        try (CsvTable table = CsvTable.open(file, labelColumn)) {
            rising.read(table);
            return rising.rises;
        } catch (TinytuneException e) {
            return Map.of();
        } catch (IOException e) {
            throw file.unreadable(e);
        }
    }

    private void read(CsvTable table) {
        Optional<List<String>> row = table.next();
        int width = row.map(List::size).orElse(0);
        Object recording = null;
        for (; row.isPresent() && !rises.isEmpty(); row = table.next()) {
            if (row.get().size() != width) {
                rises.clear();
                return;
            }
            Object next = recordingOf.apply(row.get());
            addRow(row.get(), table.isParted() || !next.equals(recording));
            recording = next;
        }
    }

    private void addRow(List<String> row, boolean begins) {
        rises.entrySet().removeIf(entry -> {
            String cell = row.get(entry.getKey());
            double value = TimeAxis.number(DecimalMark.isComma(cell) ? cell.replace(',', '.') : cell);
            entry.getValue().add(value, begins);
            return Double.isNaN(value) || entry.getValue().falls(mayRestart);
        });
    }
}
