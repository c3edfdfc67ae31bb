package org.tinytune.data.reader;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A table that is an array: {@code X.csv} with a sample a row, {@code y.csv} with the label of each. A header may be
 * there, and columns that are no values, as {@link SideColumns} tells them by their names.
 */
final class TableArray {
    /** What the header of a single column of words may be; anything else there is the first of them. */
    private static final Set<String> HEADERS = Set.of(
            "y",
            "0",
            "label",
            "labels",
            "class",
            "target",
            "targets",
            "activity",
            "group",
            "groups",
            "subject",
            "subjects",
            "subject_id",
            "user",
            "id");

    private TableArray() {}

    /**
     * Reads an array of {@code [N, columns]}, {@code [N, moments, channels]} if its header says so, or {@code [N]}.
     *
     * @param ifWord what to do about a word in one of several columns, for messages
     */
    static NpyArray read(DataFile file, String ifWord) {
        try (CsvTable table = CsvTable.open(file, Optional.empty())) {
            List<List<String>> words = new ArrayList<>();
            Accumulator numbers = new Accumulator();
            List<Integer> left = table.header().map(TableArray::left).orElse(List.of());
            int columns = 0;
            int rows = 0;
            for (Optional<List<String>> row = table.next(); row.isPresent(); row = table.next()) {
                List<String> cells = without(row.get(), left);
                columns = rows == 0 ? cells.size() : columns;
                if (cells.size() != columns) {
                    throw table.invalidRow(" has " + cells.size() + " columns, the rows before have " + columns
                            + ": all rows must have the same");
                }
                if (columns == 1) {
                    words.add(cells);
                }
                if (columns > 1 || CsvTable.looksNumeric(cells.get(0))) {
                    for (int c = 0; c < row.get().size(); c++) {
                        if (!left.contains(c)) {
                            numbers.add(table.number(row.get(), c, ifWord));
                        }
                    }
                }
                rows++;
            }
            List<String> names = without(table.header().orElse(List.of()), left);
            boolean oneColumn = rows == 0 ? names.size() == 1 : columns == 1;
            if (oneColumn) {
                return column(file, names, words, numbers);
            }
            if (rows == 0) {
                throw file.invalid(" holds no rows");
            }
            Optional<WideColumns> wide = names.size() == columns ? WideColumns.of(names) : Optional.empty();
            return wide.isPresent()
                    ? windows(file, wide.get(), numbers.floats(), rows)
                    : NpyArray.ofNumbers(file, new int[] {rows, columns}, numbers.floats());
        } catch (IOException e) {
            throw file.unreadable(e);
        }
    }

    /** A note on the columns of a table that are no values of its array; empty if all are. */
    static Optional<String> leftOut(DataFile file) {
        try (CsvTable table = CsvTable.open(file, Optional.empty())) {
            List<String> header = table.header().orElse(List.of());
            List<Integer> left = left(header);
            return left.isEmpty()
                    ? Optional.empty()
                    : Optional.of(file.name() + ": "
                            + SideColumns.leftOut(
                                    left.stream().map(header::get).toList(), "values", SideColumns.RENAME));
        } catch (IOException e) {
            throw file.unreadable(e);
        }
    }

    /** Numbers of rows, and what else is beside values; none of what would leave no other. */
    private static List<Integer> left(List<String> header) {
        List<Integer> side = SideColumns.side(header);
        List<Integer> numbers =
                side.stream().filter(c -> SideColumns.isNumber(header.get(c))).toList();
        return Stream.of(side, numbers)
                .filter(left -> left.size() < header.size())
                .findFirst()
                .orElse(List.of());
    }

    private static List<String> without(List<String> row, List<Integer> left) {
        return left.isEmpty()
                ? row
                : IntStream.range(0, row.size())
                        .filter(c -> !left.contains(c))
                        .mapToObj(row::get)
                        .toList();
    }

    private static NpyArray column(DataFile file, List<String> header, List<List<String>> cells, Accumulator numbers) {
        if (!cells.isEmpty() && numbers.size() == cells.size()) {
            return NpyArray.ofNumbers(file, new int[] {cells.size()}, numbers.floats());
        }
        List<String> texts = new ArrayList<>();
        header.stream()
                .filter(name -> !HEADERS.contains(name.toLowerCase(Locale.ROOT)))
                .forEach(texts::add);
        cells.forEach(row -> texts.add(row.get(0)));
        if (texts.isEmpty()) {
            throw file.invalid(" has a header but no rows");
        }
        return NpyArray.ofTexts(file, texts);
    }

    private static NpyArray windows(DataFile file, WideColumns wide, float[] numbers, int rows) {
        int each = wide.order().length;
        float[] ordered = new float[numbers.length];
        for (int r = 0; r < rows; r++) {
            float[] row = wide.ordered(Arrays.copyOfRange(numbers, r * each, (r + 1) * each));
            System.arraycopy(row, 0, ordered, r * each, each);
        }
        int[] shape = {rows, wide.moments(), wide.channels().size()};
        return NpyArray.ofNumbers(file, shape, ordered).withChannels(wide.channels());
    }
}
