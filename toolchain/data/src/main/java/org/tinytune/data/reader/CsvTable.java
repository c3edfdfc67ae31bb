package org.tinytune.data.reader;

import java.io.Closeable;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.tinytune.core.TinytuneException;

/**
 * The rows of a CSV file, one at a time. The separator is found by itself: tab, semicolon or comma, whichever occurs
 * first in this order of preference in the first line that is not blank. Cells are stripped; blank lines are skipped.
 *
 * <p>The first row is a header if it names a label column or if none of its cells is a number.
 */
final class CsvTable implements Closeable {
    /** Names of a label column that need not be said, in order of preference. */
    private static final List<String> LABEL_NAMES = List.of("label", "class", "target");

    /** No row is longer: a line without an end, or a quote that is never closed, must not fill the memory. */
    private static final int MAX_ROW_CHARS = 1 << 22;

    private static final int HEAD_BYTES = 1 << 16;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final DataFile file;
    private final RowReader text;
    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private Optional<List<String>> header = Optional.empty();
    private Optional<List<String>> pending = Optional.empty();
    private long line;

    private CsvTable(DataFile file) throws IOException {
        this.file = file;
        byte[] head = file.head(HEAD_BYTES);
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(separator(head))
                .setIgnoreSurroundingSpaces(true)
                .setTrim(true)
                .get();
        text = new RowReader(utf8(file, head));
        parser = CSVParser.builder().setReader(text).setFormat(format).get();
        records = parser.iterator();
    }

    /**
     * Opens a file and reads its header, if it has one.
     *
     * @param labelColumn what the user calls the label column
     */
    static CsvTable open(DataFile file, Optional<String> labelColumn) {
        try {
            CsvTable table = new CsvTable(file);
            try {
                table.readHeader(labelColumn);
                return table;
            } catch (TinytuneException e) {
                table.close();
                throw e;
            }
        } catch (IOException e) {
            throw file.unreadable(e);
        }
    }

    Optional<List<String>> header() {
        return header;
    }

    /** The next row; empty at the end. */
    Optional<List<String>> next() {
        if (pending.isPresent()) {
            Optional<List<String>> row = pending;
            pending = Optional.empty();
            return row;
        }
        return readRow();
    }

    /** The line on which the row that {@link #next} gave last ends, counted from 1. */
    long line() {
        return line;
    }

    /** The error of the row that {@link #next} gave last. */
    TinytuneException invalidRow(String what) {
        return file.invalid(" line " + line + what);
    }

    /** The error of a cell of that row. */
    TinytuneException invalidCell(int column, String what) {
        String name = header.filter(h -> column < h.size())
                .map(h -> " ('" + shown(h.get(column)) + "')")
                .orElse("");
        return invalidRow(", column " + (column + 1) + name + ": " + what);
    }

    /** The finite number in a cell of that row. */
    float number(List<String> row, int column) {
        return number(row, column, "only the label may be a word");
    }

    /** The same for a target of a regression. */
    float target(List<String> row, int column) {
        return number(row, column, "a regression's target is one");
    }

    /** The same with what to do about a cell that holds none. */
    float number(List<String> row, int column, String hint) {
        String cell = row.get(column);
        float value = Decimal.parse(cell);
        if (Float.isNaN(value)) {
            throw invalidCell(column, notANumber(cell, hint));
        }
        return value;
    }

    /**
     * Finds a column by its name, or by its number counted from 1.
     *
     * @param columns how many there are
     * @param purpose what the column is for, as {@code dataset.toml} calls it
     */
    int column(String wanted, int columns, String purpose) {
        if (header.isPresent()) {
            int named = header.get().indexOf(wanted);
            if (named >= 0) {
                return named;
            }
        }
        if (wanted.matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(wanted);
            if (number >= 1 && number <= columns) {
                return number - 1;
            }
        }
        throw file.invalid(" has no column '" + shown(wanted) + "' to take as " + purpose + " ("
                + header.map(h -> "its columns are " + shown(String.join(", ", h)))
                        .orElse("it has no header and " + columns + " columns: give a number")
                + ")");
    }

    /** The column that is called as label columns are; empty if there is none. */
    Optional<Integer> usualLabelColumn() {
        return header.flatMap(CsvTable::usualLabelColumn);
    }

    /** A text from the file as a message may show it: short, on one line. */
    static String shown(String cell) {
        String clean = cell.replaceAll("\\p{Cntrl}", "?");
        return clean.length() <= 40 ? clean : clean.substring(0, 37) + "...";
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }

    private void readHeader(Optional<String> labelColumn) {
        Optional<List<String>> first = readRow();
        if (first.isPresent() && isHeader(first.get(), labelColumn)) {
            header = first;
        } else {
            pending = first;
        }
    }

    private Optional<List<String>> readRow() {
        try {
            while (records.hasNext()) {
                text.beginRow();
                CSVRecord row = records.next();
                line = parser.getCurrentLineNumber();
                if (row.size() > 1 || !row.get(0).isEmpty()) {
                    return Optional.of(row.toList());
                }
            }
            return Optional.empty();
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof CSVException) {
                throw file.invalid(" from line " + (line + 1)
                        + " on: a quote is not closed, or followed by more than a separator");
            }
            throw file.unreadable(e.getCause());
        }
    }

    private static String notANumber(String cell, String otherwise) {
        if (cell.isEmpty()) {
            return "the value is missing (fill the gap or remove the row)";
        }
        if (cell.equalsIgnoreCase("nan")) {
            return "'" + cell + "' stands for a value that is missing (fill the gap or remove the row)";
        }
        String hint = cell.matches("[-+]?[0-9]+,[0-9]+") ? "write a decimal point" : otherwise;
        return "'" + shown(cell) + "' is not a number (" + hint + ")";
    }

    private static boolean isHeader(List<String> row, Optional<String> labelColumn) {
        return labelColumn.filter(l -> !looksNumeric(l)).filter(row::contains).isPresent()
                || usualLabelColumn(row).isPresent()
                || row.stream().skip(isIndexed(row) ? 1 : 0).noneMatch(CsvTable::looksNumeric);
    }

    /** Table programs leave the heading of their row numbers empty. */
    private static boolean isIndexed(List<String> row) {
        return row.size() > 1 && row.get(0).isEmpty();
    }

    private static Optional<Integer> usualLabelColumn(List<String> header) {
        List<String> lower =
                header.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
        return LABEL_NAMES.stream().map(lower::indexOf).filter(i -> i >= 0).findFirst();
    }

    /** A number, or what data files write where one is missing. */
    private static boolean looksNumeric(String cell) {
        return !Float.isNaN(Decimal.parse(cell)) || cell.isEmpty() || cell.equalsIgnoreCase("nan");
    }

    private static char separator(byte[] head) {
        String text = new String(head, StandardCharsets.UTF_8);
        String firstLine = text.lines().filter(l -> !l.isBlank()).findFirst().orElse("");
        return firstLine.indexOf('\t') >= 0 ? '\t' : firstLine.indexOf(';') >= 0 ? ';' : ',';
    }

    /** Opens the text behind the byte order mark that some spreadsheets write. */
    private static Reader utf8(DataFile file, byte[] head) throws IOException {
        InputStream in = file.open();
        boolean marked = Arrays.equals(head, 0, Math.min(3, head.length), BYTE_ORDER_MARK, 0, 3);
        in.skipNBytes(marked ? BYTE_ORDER_MARK.length : 0);
        return new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder());
    }

    /** Limits how much text one row may take. */
    private final class RowReader extends FilterReader {
        private long sinceRowBegan;

        RowReader(Reader in) {
            super(in);
        }

        void beginRow() {
            sinceRowBegan = 0;
        }

        @Override
        public int read() throws IOException {
            int c = in.read();
            count(c < 0 ? 0 : 1);
            return c;
        }

        @Override
        public int read(char[] into, int offset, int length) throws IOException {
            int n = in.read(into, offset, length);
            count(Math.max(n, 0));
            return n;
        }

        private void count(int chars) {
            sinceRowBegan += chars;
            if (sinceRowBegan > MAX_ROW_CHARS) {
                throw file.invalid(" line " + (line + 1) + " is longer than " + MAX_ROW_CHARS
                        + " characters: it is no row of a CSV file, or a quote is not closed");
            }
        }
    }
}
