package org.tinytune.data.reader;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Columns beside the readings that change from row to row between a few values, as where several sensors write into one
 * file: their rows would be taken for the moments of one.
 */
final class Turns {
    /** More values than this are counters, or texts. */
    private static final int MAX_VALUES = 8;

    /** Fewer rows may change by chance. */
    private static final int MIN_ROWS = 16;

    private final List<Column> columns = new ArrayList<>();
    private long rows;

    /** What was seen of a column. */
    private static final class Column {
        private final int index;
        private final Set<String> values = new LinkedHashSet<>();
        private String last;
        private long changes;

        Column(int index) {
            this.index = index;
        }

        void add(String cell) {
            if (!cell.equals(last)) {
                changes += last == null ? 0 : 1;
                values.add(cell);
                last = cell;
            }
        }
    }

    /** Watches the columns of these indices. */
    Turns(List<Integer> indices) {
        indices.forEach(index -> columns.add(new Column(index)));
    }

    /** Looks at the next row. */
    void add(List<String> row) {
        rows++;
        for (Column column : columns) {
            column.add(row.get(column.index));
        }
        columns.removeIf(column -> column.values.size() > MAX_VALUES);
    }

    /**
     * What a user should know of it; empty if no column changes in most rows.
     *
     * @param names of all columns
     */
    Optional<String> note(List<String> names) {
        return columns.stream()
                .filter(column -> rows >= MIN_ROWS && 2 * column.changes > rows)
                .findFirst()
                .map(column -> "rows of " + shown(column) + " take turns in the column "
                        + SideColumns.shown(names.get(column.index)) + ", and are taken for moments of one sensor: if"
                        + " they are of several, keep those of one, or put the readings of each in columns of their"
                        + " own");
    }

    private static String shown(Column column) {
        List<String> values = List.copyOf(column.values);
        return "'" + CsvTable.shown(values.get(0)) + "' and '" + CsvTable.shown(values.get(1)) + "'";
    }
}
