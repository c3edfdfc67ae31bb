package org.tinytune.data.reader;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tinytune.core.graph.TaskKind;

/**
 * A table with a window of recordings in each row, beside its label and perhaps its group: what a row's columns are,
 * their names say.
 *
 * @param header names of all columns
 * @param side what is no reading
 * @param wide the others
 */
record WideTable(List<String> header, SideColumns side, WideColumns wide) {
    /** What a table is if its columns make windows; empty if they do not. */
    static Optional<WideTable> of(DataFile file, DatasetDescriptor descriptor) {
        try (CsvTable table = CsvTable.open(file, descriptor.labelColumn())) {
            return table.header().flatMap(header -> of(table, header, descriptor));
        } catch (IOException e) {
            throw file.unreadable(e);
        }
    }

    private static Optional<WideTable> of(CsvTable table, List<String> header, DatasetDescriptor descriptor) {
        List<String> first =
                table.next().filter(row -> row.size() == header.size()).orElse(header);
        SideColumns side = SideColumns.of(table, first, descriptor, Optional.empty());
        List<String> names = side.values().stream().map(header::get).toList();
        boolean several = descriptor.targetColumns().isPresent();
        return several ? Optional.empty() : WideColumns.of(names).map(w -> new WideTable(header, side, w));
    }

    /** What a user should know of its columns. */
    List<String> notes() {
        return side.notes(header, "readings", SideColumns.RENAME);
    }

    private int target() {
        return side.targets().get(0);
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
                if (row.size() != header.size()) {
                    throw table.otherThanHeader(row, header.size());
                }
                addWindow(table, row, windows);
                if (regression) {
                    quantities.add(table.target(row, target()));
                } else {
                    labels.add(row.get(target()));
                }
                if (side.group() >= 0) {
                    if (row.get(side.group()).isEmpty()) {
                        throw table.invalidCell(side.group(), "the group is missing (give one, or remove the row)");
                    }
                    groups.add(row.get(side.group()));
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
                side.group() < 0 ? Optional.empty() : Optional.of(NpyArray.ofTexts(file, groups)));
    }

    private void addWindow(CsvTable table, List<String> row, Accumulator windows) {
        float[] values = new float[wide.order().length];
        for (int v = 0; v < values.length; v++) {
            values[v] = table.number(row, side.values().get(v));
        }
        for (float value : wide.ordered(values)) {
            windows.add(value);
        }
    }

    private boolean isLike(WideTable other) {
        return header.size() == other.header.size()
                && target() == other.target()
                && side.group() == other.side.group()
                && side.values().equals(other.side.values())
                && wide.channels().equals(other.wide.channels());
    }
}
