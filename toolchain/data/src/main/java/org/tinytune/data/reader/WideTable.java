package org.tinytune.data.reader;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tinytune.core.graph.TaskKind;

/**
 * A table with a window of recordings in each row, beside its label and perhaps its group: what a row's columns are,
 * their names say.
 *
 * @param columns how many there are
 * @param target index of the label, or of the target of a regression
 * @param group index of the group, or -1
 * @param wide the others
 */
record WideTable(int columns, int target, int group, WideColumns wide) {
    /** What a table is if its columns make windows; empty if they do not. */
    static Optional<WideTable> of(DataFile file, DatasetDescriptor descriptor) {
        try (CsvTable table = CsvTable.open(file, descriptor.labelColumn())) {
            return table.header().flatMap(header -> of(table, header, descriptor));
        } catch (IOException e) {
            throw file.unreadable(e);
        }
    }

    private static Optional<WideTable> of(CsvTable table, List<String> header, DatasetDescriptor descriptor) {
        int columns = header.size();
        int target = descriptor
                .labelColumn()
                .map(wanted -> table.column(wanted, columns, "label_column"))
                .or(table::usualLabelColumn)
                .orElse(columns - 1);
        int group = descriptor
                .groupColumn()
                .map(wanted -> table.column(wanted, columns, "group_column"))
                .orElseGet(() -> SeriesColumns.groupColumn(header));
        List<String> names = IntStream.range(0, columns)
                .filter(c -> c != target && c != group)
                .mapToObj(header::get)
                .toList();
        boolean several = descriptor.targetColumns().isPresent();
        return several ? Optional.empty() : WideColumns.of(names).map(w -> new WideTable(columns, target, group, w));
    }

    /** The windows of a table of the same columns, as arrays. */
    NpyReader.PartArrays read(DataFile file, DatasetDescriptor descriptor) {
        if (!of(file, descriptor).filter(other -> other.isLike(this)).isPresent()) {
            throw file.invalid(" has not the columns of the training file: both must be alike");
        }
        Accumulator windows = new Accumulator();
        Accumulator quantities = new Accumulator();
        List<String> labels = new ArrayList<>();
        List<String> groups = new ArrayList<>();
        boolean regression = descriptor.taskKind() == TaskKind.REGRESSION;
        try (CsvTable table = CsvTable.open(file, descriptor.labelColumn())) {
            for (Optional<List<String>> next = table.next(); next.isPresent(); next = table.next()) {
                List<String> row = next.get();
                if (row.size() != columns) {
                    throw table.otherThanHeader(row.size(), columns);
                }
                addWindow(table, row, windows);
                if (regression) {
                    quantities.add(table.target(row, target));
                } else {
                    labels.add(row.get(target));
                }
                if (group >= 0) {
                    if (row.get(group).isEmpty()) {
                        throw table.invalidCell(group, "the group is missing (give one, or remove the row)");
                    }
                    groups.add(row.get(group));
                }
            }
        } catch (IOException e) {
            throw file.unreadable(e);
        }
        int rows = Math.max(labels.size(), quantities.size());
        if (rows == 0) {
            throw file.invalid(" has a header but no samples");
        }
        int[] shape = {rows, wide.moments(), wide.channels().size()};
        return new NpyReader.PartArrays(
                NpyArray.ofNumbers(file, shape, windows.floats()).withChannels(wide.channels()),
                regression
                        ? NpyArray.ofNumbers(file, new int[] {rows}, quantities.floats())
                        : NpyArray.ofTexts(file, labels),
                group < 0 ? Optional.empty() : Optional.of(NpyArray.ofTexts(file, groups)));
    }

    private void addWindow(CsvTable table, List<String> row, Accumulator windows) {
        float[] values = new float[wide.order().length];
        for (int c = 0, v = 0; c < columns; c++) {
            if (c != target && c != group) {
                values[v++] = table.number(row, c);
            }
        }
        for (float value : wide.ordered(values)) {
            windows.add(value);
        }
    }

    private boolean isLike(WideTable other) {
        return columns == other.columns
                && target == other.target
                && group == other.group
                && wide.channels().equals(other.wide.channels());
    }
}
