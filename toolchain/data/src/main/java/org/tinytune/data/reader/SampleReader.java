package org.tinytune.data.reader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.ValueRange;

/**
 * Reads the user's own samples for a model. A file is
 *
 * <ul>
 *   <li>a CSV file with one sample a row, with or without a label: the columns that the header calls as the model's
 *       targets, or {@code label}, {@code class} or {@code target}, or one column more than the model takes values,
 *       which is the last; row numbers, groups and the like may be there as well. A table whose columns are called as
 *       {@code acc_x_0, acc_x_1, … acc_y_0 …} may have them in any order;
 *   <li>a CSV file with one image as it looks: {@code H} rows of {@code W * C} numbers;
 *   <li>a PNG, BMP or JPEG image of the model's size, whose 0 to 255 become the model's raw range.
 * </ul>
 */
public final class SampleReader {
    private static final int MAX_VALUES = 1 << 24;

    private final Shape shape;
    private final ValueRange range;
    private final List<String> targets;

    /**
     * @param shape of a sample: {@code [H, W, C]} or {@code [N]}, without a batch extent
     * @param range of the raw values that the model was trained on
     */
    public SampleReader(Shape shape, ValueRange range) {
        this(shape, range, List.of());
    }

    /**
     * @param shape of a sample: {@code [H, W, C]} or {@code [N]}, without a batch extent
     * @param range of the raw values that the model was trained on
     * @param targets names of what a regression tells
     */
    public SampleReader(Shape shape, ValueRange range, List<String> targets) {
        this.shape = shape;
        this.range = range;
        this.targets = List.copyOf(targets);
    }

    /**
     * The samples in a file, one or several.
     *
     * @throws org.tinytune.core.TinytuneException with {@link org.tinytune.core.ExitCode#INVALID_INPUT} if the file is
     *     missing, of another kind, or of another size than the model takes
     */
    public List<Sample> read(Path path) {
        DataFile file = new DataFile(path);
        if (!Files.isRegularFile(path)) {
            throw file.invalid(Files.exists(path) ? " is no file" : " does not exist");
        }
        if (file.kind() != FileKind.TEXT) {
            float[] values = ImageFile.read(file, shape);
            for (int i = 0; i < values.length; i++) {
                values[i] = range.min() + values[i] / 255 * (range.max() - range.min());
            }
            return List.of(new Sample(file.name(), values, Optional.empty()));
        }
        return readTable(file);
    }

    private List<Sample> readTable(DataFile file) {
        try (CsvTable table = CsvTable.open(file, Optional.empty())) {
            List<Row> rows = new ArrayList<>();
            List<Integer> side = SideColumns.side(table.header().orElse(List.of()));
            for (Optional<List<String>> cells = table.next(); cells.isPresent(); cells = table.next()) {
                if ((long) rows.size() * shape.elements() > MAX_VALUES) {
                    throw file.invalid(" holds more than " + MAX_VALUES + " values: split it");
                }
                rows.add(row(table, cells.get(), side));
            }
            if (rows.isEmpty()) {
                throw file.invalid(" holds no samples");
            }
            return isOneImage(rows)
                    ? List.of(new Sample(file.name(), joined(rows), Optional.empty()))
                    : samples(file, rows);
        } catch (IOException e) {
            throw file.unreadable(e);
        }
    }

    private Row row(CsvTable table, List<String> cells, List<Integer> side) {
        List<Integer> targets = targetColumns(table, cells, side);
        List<Integer> aside = new ArrayList<>(targets);
        if (cells.size() - targets.size() != shape.elements()) {
            side.stream().filter(c -> c < cells.size() && !targets.contains(c)).forEach(aside::add);
        }
        int count = cells.size() - aside.size();
        if (count != shape.elements() && count != imageRow()) {
            throw table.invalidRow(" has " + count + " values, the model takes " + shape.elements() + " " + shape);
        }
        float[] values = new float[count];
        for (int column = 0, v = 0; column < cells.size(); column++) {
            if (!aside.contains(column)) {
                values[v++] = table.number(cells, column);
            }
        }
        return new Row(
                table.line(),
                inOrder(table, aside, values),
                targets.stream().map(cells::get).reduce((a, b) -> a + ", " + b));
    }

    /** As a model takes them: a window a row may have its channels one behind the other. */
    private float[] inOrder(CsvTable table, List<Integer> aside, float[] values) {
        if (shape.rank() != 3
                || values.length != shape.elements()
                || table.header().isEmpty()) {
            return values;
        }
        List<String> names = new ArrayList<>(table.header().get());
        aside.stream().sorted(Comparator.reverseOrder()).forEach(c -> names.remove((int) c));
        return WideColumns.of(names)
                .filter(w -> w.moments() == shape.dim(0) && w.channels().size() == imageRow())
                .map(w -> w.ordered(values))
                .orElse(values);
    }

    /**
     * The columns that say what a sample is, if there are any.
     *
     * @param side columns that are called as no values are
     */
    private List<Integer> targetColumns(CsvTable table, List<String> cells, List<Integer> side) {
        List<String> header = table.header().orElse(List.of());
        List<Integer> named =
                targets.stream().map(header::indexOf).filter(i -> i >= 0).toList();
        if (!named.isEmpty() && named.size() == targets.size()) {
            return named.stream().filter(i -> i < cells.size()).toList();
        }
        int label = table.usualLabelColumn().orElseGet(() -> lastOfOneMore(cells.size(), side));
        return label >= 0 && label < cells.size() ? List.of(label) : List.of();
    }

    /** The last column if there is one more than the model takes values, but for those beside them; otherwise -1. */
    private int lastOfOneMore(int columns, List<Integer> side) {
        List<Integer> others = IntStream.range(0, columns)
                .filter(c -> columns == shape.elements() || !side.contains(c))
                .boxed()
                .toList();
        return others.size() == shape.elements() + 1 ? others.get(shape.elements()) : -1;
    }

    /** Values of one row of an image; 0 if samples are no images. */
    private int imageRow() {
        return shape.rank() == 3 ? shape.dim(1) * shape.dim(2) : 0;
    }

    private boolean isOneImage(List<Row> rows) {
        return shape.rank() == 3
                && rows.size() == shape.dim(0)
                && rows.stream().allMatch(r -> r.values().length == imageRow());
    }

    private float[] joined(List<Row> rows) {
        float[] values = new float[shape.elements()];
        for (int y = 0; y < rows.size(); y++) {
            System.arraycopy(rows.get(y).values(), 0, values, y * imageRow(), imageRow());
        }
        return values;
    }

    private List<Sample> samples(DataFile file, List<Row> rows) {
        List<Sample> samples = new ArrayList<>();
        for (Row row : rows) {
            if (row.values().length != shape.elements()) {
                throw file.invalid(" line " + row.line() + " has " + row.values().length + " values, the model takes "
                        + shape.elements() + " " + shape + " in one row, or in " + shape.dim(0) + " rows of "
                        + imageRow());
            }
            String name = rows.size() == 1 ? file.name() : file.name() + " line " + row.line();
            samples.add(new Sample(name, row.values(), row.label()));
        }
        return samples;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Row(long line, float[] values, Optional<String> label) {}
}
