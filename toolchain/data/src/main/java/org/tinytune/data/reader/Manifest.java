package org.tinytune.data.reader;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tinytune.data.recording.LabelPattern;

/**
 * A CSV file that lists the other files of a data set: a column with their paths, one with their labels, perhaps one
 * with their group and one with their part.
 *
 * @param file the table
 * @param rows in its order
 * @param notes what a user should know of how its columns were understood
 */
record Manifest(DataFile file, List<Row> rows, List<String> notes) {
    private static final List<String> PATH_NAMES =
            List.of("path", "file", "filename", "file_name", "filepath", "file_path");
    private static final List<String> PART_NAMES = List.of("part", "split", "subset");

    /**
     * A listed file.
     *
     * @param fields what the row says of it, by column; label, group and part under these names
     */
    record Row(DataFile file, Map<String, String> fields) {}

    /** The same of an open table. */
    static boolean listsFiles(CsvTable table) {
        return pathColumn(table).isPresent();
    }

    /** Whether a table lists files: one of its columns is called so. */
    static boolean isOne(DataFile file, DatasetDescriptor descriptor) {
        try (CsvTable table = CsvTable.open(file, descriptor.labelColumn())) {
            return listsFiles(table);
        } catch (IOException e) {
            throw file.unreadable(e);
        }
    }

    /** The manifest among the tables of a data set, if there is one. */
    static Optional<Manifest> among(FileTree tree, List<DataFile> tables, DatasetDescriptor descriptor) {
        for (DataFile file : tables) {
            try (CsvTable table = CsvTable.open(file, descriptor.labelColumn())) {
                Optional<Integer> path = pathColumn(table);
                if (path.isPresent()) {
                    return Optional.of(read(tree, file, table, path.get(), descriptor));
                }
            } catch (IOException e) {
                throw file.unreadable(e);
            }
        }
        return Optional.empty();
    }

    /** What the columns of a table are. */
    private record Columns(
            List<String> header, int label, Optional<Integer> group, boolean groupIsGuessed, Optional<Integer> part) {
        static Columns of(DataFile file, CsvTable table, int path, DatasetDescriptor descriptor) {
            List<String> header = table.header().orElseThrow();
            int label = descriptor
                    .labelColumn()
                    .map(wanted -> table.column(wanted, header.size(), "label_column"))
                    .or(table::usualLabelColumn)
                    .orElseThrow(() -> file.invalid(" lists files, but has no column called label (its columns are "
                            + ColumnNames.list(header) + ": rename one, or say label_column = \"...\")"));
            Optional<Integer> named = descriptor
                    .groupColumn()
                    .map(wanted -> table.column(wanted, header.size(), "group_column"))
                    .or(() -> ColumnNames.anyOf(List.of("group"), header));
            Optional<Integer> group = named.or(() ->
                    Optional.of(SideColumns.group(header, List.of(path, label))).filter(column -> column >= 0));
            return new Columns(
                    header, label, group, named.isEmpty() && group.isPresent(), ColumnNames.anyOf(PART_NAMES, header));
        }

        void check(CsvTable table, List<String> cells) {
            if (cells.size() != header.size()) {
                throw table.invalidRow(
                        " has " + cells.size() + " columns, the header has " + header.size() + ": both must agree");
            }
            if (cells.get(label).isEmpty()) {
                throw table.invalidCell(label, "the label is missing (give one, or remove the row)");
            }
        }

        Map<String, String> fields(List<String> cells) {
            Map<String, String> fields = new LinkedHashMap<>();
            for (int c = 0; c < cells.size(); c++) {
                fields.put(header.get(c), cells.get(c));
            }
            fields.remove(LabelPattern.PART);
            fields.put(LabelPattern.LABEL, cells.get(label));
            group.ifPresent(g -> fields.put(LabelPattern.GROUP, cells.get(g)));
            part.filter(p -> !cells.get(p).isEmpty()).ifPresent(p -> fields.put(LabelPattern.PART, cells.get(p)));
            return fields;
        }
    }

    private static Manifest read(FileTree tree, DataFile file, CsvTable table, int path, DatasetDescriptor descriptor) {
        Columns columns = Columns.of(file, table, path, descriptor);
        List<Row> rows = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Optional<List<String>> row = table.next(); row.isPresent(); row = table.next()) {
            List<String> cells = row.get();
            columns.check(table, cells);
            DataFile listed = listed(tree, file, table, cells.get(path), path);
            if (!seen.add(listed.name())) {
                throw table.invalidCell(path, "'" + CsvTable.shown(cells.get(path)) + "' is listed twice");
            }
            rows.add(new Row(listed, columns.fields(cells)));
        }
        if (rows.isEmpty()) {
            throw file.invalid(" lists no files");
        }
        List<String> notes = columns.groupIsGuessed()
                ? List.of("what '"
                        + SideColumns.shown(columns.header().get(columns.group().orElseThrow())) + "' in "
                        + file.name() + " says is the same stays in one part (group_column, or --group-column, names"
                        + " another column)")
                : List.of();
        return new Manifest(file, rows, notes);
    }

    private static DataFile listed(FileTree tree, DataFile manifest, CsvTable table, String path, int column) {
        String name = path.replace('\\', '/');
        String relative = name.startsWith("./") ? name.substring(2) : name;
        return tree.find(manifest.folder() + relative)
                .or(() -> tree.find(relative))
                .orElseThrow(() -> table.invalidCell(
                        column,
                        "'" + CsvTable.shown(path) + "' is not in " + tree.shown()
                                + " (paths begin at the folder of the table)"));
    }

    private static Optional<Integer> pathColumn(CsvTable table) {
        return table.header().flatMap(header -> ColumnNames.anyOf(PATH_NAMES, header));
    }
}
