package org.tinytune.data.reader;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.Dataset;
import org.tinytune.data.DatasetBuilder;
import org.tinytune.data.ValueRange;

/**
 * Reads CSV files with one sample a row: one column for the label, or one or more for the targets of a regression,
 * perhaps one for the group, and a number in each of the others.
 *
 * <p>The label column is the one that the user or {@code dataset.toml} names; otherwise the one called {@code label},
 * {@code class} or {@code target}; otherwise one of words called {@code activity} and the like; otherwise the last, or
 * the first of a table without names if that alone can be one. Which of the others are no values, {@link SideColumns}
 * tells. A sample is a vector of features, unless {@code dataset.toml} says that it is an image.
 */
final class CsvReader {
    /** More different labels than this are no classes: some other column was taken for the label. */
    private static final int MAX_LABELS = 1000;

    private final DatasetDescriptor descriptor;
    private final String name;
    private final List<String> notes;
    private DatasetBuilder builder;
    private Layout layout;

    private CsvReader(DatasetDescriptor descriptor, String name, List<String> notes) {
        this.descriptor = descriptor;
        this.name = name;
        this.notes = notes;
    }

    /**
     * Reads a data set.
     *
     * @param name of the data set, unless the descriptor has one
     * @param test the test part that the data set comes with, if it is a file of its own
     * @param notes told of what a user should know
     */
    static Dataset read(
            DataFile training, Optional<DataFile> test, DatasetDescriptor descriptor, String name, List<String> notes) {
        CsvReader reader = new CsvReader(descriptor, name, notes);
        reader.addFile(training);
        if (test.isPresent()) {
            reader.builder.beginTestPart();
            reader.addFile(test.get());
        }
        reader.builder.forgetSingleGroup().map(CsvReader::ofAll).ifPresent(notes::add);
        return descriptor.build(reader.builder, name);
    }

    /** The note on a group that all samples have. */
    static String ofAll(String group) {
        return "all samples are of the group '" + CsvTable.shown(group) + "', which so tells none from another";
    }

    private void addFile(DataFile file) {
        try (CsvTable table = CsvTable.open(file, firstTargetColumn())) {
            Optional<List<String>> row = table.next();
            if (row.isEmpty()) {
                throw file.invalid(table.header().isPresent() ? " has a header but no samples" : " is empty");
            }
            Layout found = layout(file, table, row.get());
            if (layout == null) {
                layout = found;
                if (table.header().isEmpty()
                        && found.label() == 0
                        && firstTargetColumn().isEmpty()) {
                    notes.add("the first column is taken for the label (label_column, or --label-column, names another"
                            + " one)");
                }
                notes.addAll(found.side().notes(table.header().orElse(List.of())));
                builder = descriptor.builder(name, found.shape());
                if (isRegression()) {
                    builder.quantities(quantities(table));
                }
            } else if (!layout.isLike(found)) {
                throw file.invalid(" has " + found.columns() + " columns with the label in column "
                        + (found.label() + 1) + ", the training file has " + layout.columns()
                        + " with the label in column "
                        + (layout.label() + 1) + ": both must be alike");
            }
            float[] values = new float[layout.shape().elements()];
            for (; row.isPresent(); row = table.next()) {
                addRow(table, row.get(), values);
            }
        } catch (IOException e) {
            throw file.unreadable(e);
        }
    }

    private void addRow(CsvTable table, List<String> row, float[] values) {
        if (row.size() != layout.columns()) {
            throw table.invalidRow(wrongWidth(row.size()));
        }
        readValues(table, row, values);
        if (isRegression()) {
            addQuantities(table, row, values);
        } else {
            addLabelled(table, row, values);
        }
        if (layout.group() >= 0) {
            if (row.get(layout.group()).isEmpty()) {
                throw table.invalidCell(layout.group(), "the group is missing (give one, or remove the row)");
            }
            builder.group(row.get(layout.group()));
        }
    }

    private void addLabelled(CsvTable table, List<String> row, float[] values) {
        String label = row.get(layout.label());
        if (label.isEmpty()) {
            throw table.invalidCell(layout.label(), "the label is missing (give one, or remove the row)");
        }
        if (descriptor.labels().isPresent() && !descriptor.labels().get().contains(label)) {
            throw table.invalidCell(
                    layout.label(),
                    "'" + CsvTable.shown(label) + "' is none of the labels that " + DatasetDescriptor.FILE_NAME
                            + " names (add it there, or correct or remove the row)");
        }
        builder.add(values, label);
        if (builder.labelsSoFar().size() > MAX_LABELS) {
            throw table.invalidCell(
                    layout.label(),
                    "more than " + MAX_LABELS + " different labels so far: is this the label column? (name the right"
                            + " one, or set task = \"regression\")");
        }
    }

    private void addQuantities(CsvTable table, List<String> row, float[] values) {
        float[] quantities = new float[layout.side().targets().size()];
        for (int q = 0; q < quantities.length; q++) {
            quantities[q] = table.target(row, layout.side().targets().get(q));
        }
        builder.add(values, quantities);
    }

    private boolean isRegression() {
        return descriptor.taskKind() == TaskKind.REGRESSION;
    }

    private Optional<String> firstTargetColumn() {
        return descriptor.targetColumns().map(columns -> columns.get(0)).or(descriptor::labelColumn);
    }

    /** Names of the target columns. */
    private List<String> quantities(CsvTable table) {
        return layout.side().targets().stream()
                .map(column -> table.header().map(h -> h.get(column)).orElse("column " + (column + 1)))
                .toList();
    }

    private void readValues(CsvTable table, List<String> row, float[] values) {
        Optional<ValueRange> range = descriptor.declaredRange();
        int[] columns = layout.values();
        for (int v = 0; v < columns.length; v++) {
            values[v] = table.number(row, columns[v]);
            if (range.isPresent() && !range.get().contains(values[v])) {
                throw table.invalidCell(
                        columns[v],
                        row.get(columns[v]) + " is outside the value_range of " + DatasetDescriptor.FILE_NAME + ", "
                                + range.get().min() + " to " + range.get().max());
            }
        }
    }

    private String wrongWidth(int columns) {
        if (layout.shape().rank() == 3) {
            return " holds an image of " + (columns - layout.otherColumns()) + " values, the images before have "
                    + layout.shape().elements() + " " + layout.shape() + ": all images of a set must be of one size";
        }
        return " has " + columns + " columns, the rows before have " + layout.columns()
                + ": all rows must have the same";
    }

    private Layout layout(DataFile file, CsvTable table, List<String> first) {
        int columns = first.size();
        int headed = table.header().map(List::size).orElse(columns);
        if (headed != columns) {
            throw table.otherThanHeader(first, headed);
        }
        Optional<List<Integer>> wanted = descriptor
                .recordings()
                .columns()
                .map(names -> ColumnNames.find(file, names, table.header().orElse(Collections.nCopies(columns, ""))));
        SideColumns side = SideColumns.of(table, first, descriptor, wanted);
        int[] values = side.values().stream().mapToInt(c -> c).toArray();
        if (values.length < 1 || side.targets().contains(side.group())) {
            boolean remark = columns == 1 && !CsvTable.looksNumeric(first.get(0));
            throw file.invalid(" has " + columns
                    + (columns == 1 ? " column" : " columns")
                    + ": a label and at least one value are needed, separated by commas, semicolons or tabs"
                    + (remark ? CsvTable.REMOVE_PREAMBLE : ""));
        }
        return new Layout(columns, side, values, shape(file, values.length));
    }

    private Shape shape(DataFile file, int values) {
        if (descriptor.squareImage().orElse(false)) {
            int side = (int) Math.round(Math.sqrt(values));
            if (side * side != values) {
                throw file.invalid(" has " + values + " value columns, which is no square image as "
                        + DatasetDescriptor.FILE_NAME + " says (give its shape)");
            }
            return Shape.of(side, side, 1);
        }
        Shape shape = descriptor.sampleShape().orElseGet(() -> Shape.of(values));
        if (shape.elements() != values) {
            throw file.invalid(" has " + values + " value columns, but the shape " + shape + " in "
                    + DatasetDescriptor.FILE_NAME + " has " + shape.elements() + " values");
        }
        return shape;
    }

    /**
     * What the columns are.
     *
     * @param columns how many
     * @param side what is no value
     * @param values indices of the values of a sample, in their order
     * @param shape of these
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by isLike alone
    private record Layout(int columns, SideColumns side, int[] values, Shape shape) {
        int label() {
            return side.targets().get(0);
        }

        int group() {
            return side.group();
        }

        int otherColumns() {
            return columns - values.length;
        }

        boolean isLike(Layout other) {
            return columns == other.columns
                    && side.targets().equals(other.side.targets())
                    && group() == other.group()
                    && Arrays.equals(values, other.values);
        }
    }
}
