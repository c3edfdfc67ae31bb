package org.tinytune.data.reader;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.tinytune.core.TinytuneException;

/**
 * The rows of a CSV file, one at a time, as programs of any country write them.
 *
 * <ul>
 *   <li>The separator is tab, semicolon or comma, whichever occurs first in this order of preference, outside quotes,
 *       in the first line that is not blank; without any of them, spaces between numbers.
 *   <li>Lines at the top that begin with {@code #}, {@code %} or {@code //} are comments, but the last one names the
 *       columns if it has as many names as the first row has numbers; {@code sep=;} is what it says.
 *   <li>The first row is a header if it names a label column or if none of its cells is a number. A row of units may be
 *       under it.
 *   <li>A semicolon at the end of a line whose columns are separated otherwise is none of its cells, nor is what is
 *       behind a separator that ends the header and the first row.
 *   <li>Numbers have decimal points or, unless the file is ambiguous, decimal commas.
 * </ul>
 *
 * Cells are stripped; blank lines are skipped, and so are rows of dashes alone, which part what is above from what is
 * below.
 */
final class CsvTable implements Closeable {
    /** Names of a label column that need not be said, in order of preference. */
    private static final List<String> LABEL_NAMES = List.of("label", "class", "target");

    /** No row is longer: a line without an end, or a quote that is never closed, must not fill the memory. */
    private static final int MAX_ROW_CHARS = 1 << 22;

    private static final int HEAD_BYTES = 1 << 16;
    private static final int ROWS_TO_TELL = 4;

    /** Few programs write more lines above a header. */
    private static final int MAX_PREAMBLE = 50;

    private static final String FILL = "fill the gap or remove the row";
    private static final String FILL_OR_LEAVE =
            "fill the gap, remove the row, or leave the column out: columns, or --columns, names the others";
    private static final String ONLY_LABEL = "only the label may be a word";
    private static final String ADD_HEADER =
            ONLY_LABEL + ": add a header line that names the columns, such as user,activity,timestamp,x,y,z";

    private static final String ONLY_LABEL_BELOW_HEADER = ONLY_LABEL
            + "; if the names of columns are further down, remove the lines above them, or begin those with #";

    /** What to do about lines above a header, as the end of a message. */
    static final String REMOVE_PREAMBLE = " (remove lines above the header, or begin them with #)";

    private static final Pattern COMMENT = Pattern.compile("\\s*(#|%|//)(.*)");
    private static final Pattern DASHES = Pattern.compile("[-_=]+");
    private static final Pattern STATED_SEPARATOR = Pattern.compile("\"?sep=(.)\"?", Pattern.CASE_INSENSITIVE);

    private final DataFile file;
    private final RowReader text;
    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private final Top top;
    private final DecimalMark decimals;
    private Optional<List<String>> header = Optional.empty();
    private List<String> units = List.of();
    private final Deque<Pending> pending = new ArrayDeque<>();
    private long line;

    private boolean parted;

    /** A row that was read ahead, where it ends, and whether dashes are above it. */
    private record Pending(List<String> cells, long line, boolean parted) {}

    /**
     * What is above the rows.
     *
     * @param lines that are no rows
     * @param separator of columns; a space stands for any number of them
     * @param comment the last one, without its mark
     */
    private record Top(int lines, char separator, Optional<String> comment) {
        static Top of(String head) {
            int skipped = 0;
            char stated = 0;
            Optional<String> comment = Optional.empty();
            for (String line : (Iterable<String>) head.lines()::iterator) {
                Matcher mark = COMMENT.matcher(line);
                Matcher separator = STATED_SEPARATOR.matcher(line.strip());
                if (mark.matches()) {
                    comment = Optional.of(mark.group(2).strip());
                } else if (skipped == 0 && separator.matches()) {
                    stated = separator.group(1).charAt(0);
                } else if (!line.isBlank()) {
                    return new Top(skipped, stated == 0 ? separatorIn(line) : stated, comment);
                }
                skipped++;
            }
            return new Top(skipped, ',', comment);
        }

        private static char separatorIn(String line) {
            String bare = withoutEnd(line.replaceAll("\"[^\"]*\"", ""));
            for (char separator : new char[] {'\t', ';', ','}) {
                if (bare.indexOf(separator) >= 0) {
                    return separator;
                }
            }
            List<String> words = List.of(line.strip().split(" +"));
            return words.size() > 1 && words.stream().allMatch(CsvTable::looksNumeric) ? ' ' : ',';
        }

        /** A semicolon that ends a line whose columns are separated otherwise ends it, and separates nothing. */
        private static String withoutEnd(String line) {
            String bare = line.stripTrailing();
            boolean closed =
                    bare.indexOf(';') == bare.length() - 1 && (bare.indexOf(',') > 0 || bare.indexOf('\t') > 0);
            return closed ? bare.substring(0, bare.length() - 1) : line;
        }
    }

    private CsvTable(DataFile file) throws IOException {
        this.file = file;
        top = Top.of(head(file));
        decimals = new DecimalMark(top.separator() == ';');
        boolean spaced = top.separator() == ' ';
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(spaced ? '\t' : top.separator())
                .setIgnoreSurroundingSpaces(true)
                .setTrim(true)
                .get();
        BufferedReader all = new BufferedReader(EncodedText.open(file.open()));
        for (int i = 0; i < top.lines(); i++) {
            all.readLine();
        }
        text = new RowReader(spaced ? new SpacesAsTabs(all) : all);
        parser = CSVParser.builder().setReader(text).setFormat(format).get();
        records = parser.iterator();
        line = top.lines();
    }

    private static String head(DataFile file) throws IOException {
        char[] chars = new char[HEAD_BYTES];
        int length = 0;
        try (Reader in = EncodedText.open(file.open())) {
            for (int n = 0; n >= 0 && length < chars.length; n = in.read(chars, length, chars.length - length)) {
                length += n;
            }
        }
        return new String(chars, 0, length);
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

    /** Whether one of the first rows holds a number in a cell of its own, or the file is empty. */
    static boolean hasNumbers(DataFile file) {
        try (CsvTable table = open(file, Optional.empty())) {
            Optional<List<String>> row = table.next();
            boolean empty = row.isEmpty() && table.header().isEmpty();
            boolean found = false;
            for (int i = 0; i < ROWS_TO_TELL && row.isPresent() && !found; i++) {
                found = row.get().stream().anyMatch(cell -> !cell.isEmpty() && looksNumeric(cell));
                row = table.next();
            }
            return found || empty || Manifest.listsFiles(table);
        } catch (TinytuneException e) {
            return false;
        } catch (IOException e) {
            throw file.unreadable(e);
        }
    }

    Optional<List<String>> header() {
        return header;
    }

    /** The unit of a column, where a row under the header or brackets behind its name say one; otherwise empty. */
    String unit(int column) {
        String stated = column < units.size() ? UnitNames.bare(units.get(column)) : "";
        return stated.isEmpty()
                ? header.filter(h -> column < h.size())
                        .map(h -> UnitNames.inBrackets(h.get(column)))
                        .orElse("")
                : stated;
    }

    /** The next row; empty at the end. */
    Optional<List<String>> next() {
        if (!pending.isEmpty()) {
            Pending first = pending.remove();
            line = first.line();
            parted = first.parted();
            return Optional.of(first.cells());
        }
        Optional<List<String>> row = readRow();
        if (row.isEmpty()) {
            decimals.doubt().ifPresent(why -> {
                throw file.invalid(why);
            });
        }
        return row;
    }

    /** Whether a row of dashes is between the row that {@link #next} gave last and the one before it. */
    boolean isParted() {
        return parted;
    }

    /** The line on which the row that {@link #next} gave last ends, counted from 1. */
    long line() {
        return line;
    }

    /** The error of the row that {@link #next} gave last. */
    TinytuneException invalidRow(String what) {
        return file.invalid(" line " + line + what);
    }

    /**
     * The error of a row of another width than the header.
     *
     * @param headed columns that the header has
     */
    TinytuneException otherThanHeader(List<String> row, int headed) {
        int columns = row.size();
        boolean words = isOfWords(row);
        boolean decimal = columns > headed && top.separator() == ',' && !words;
        boolean preamble = columns == 1 || headed == 1 || words;
        return invalidRow(" has " + columns + (columns == 1 ? " column" : " columns") + ", the header has " + headed
                + ": both must have the same"
                + (decimal ? " (if commas are decimal, separate columns by semicolons)" : "")
                + (preamble ? REMOVE_PREAMBLE : ""));
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
        return number(row, column, () -> aboutWord(row), FILL_OR_LEAVE);
    }

    private String aboutWord(List<String> row) {
        return isFirstOfNames(row) ? ADD_HEADER : isHeaderFurtherDown(row) ? ONLY_LABEL_BELOW_HEADER : ONLY_LABEL;
    }

    /**
     * Whether what was taken for the header is a line above it: the row below that holds no numbers, and the last such
     * row above numbers has names that differ, of which none comes again below it, as labels do. Rows are read in order
     * to tell, so that only an error may come of it.
     */
    private boolean isHeaderFurtherDown(List<String> row) {
        if (header.isEmpty() || line != top.lines() + 2 || !isOfWords(row)) {
            return false;
        }
        long here = line;
        List<String> lowest = row;
        Optional<List<String>> below = readRow();
        for (int i = 1; i < MAX_PREAMBLE && below.filter(CsvTable::isOfWords).isPresent(); i++) {
            lowest = below.get();
            below = readRow();
        }
        line = here;
        List<String> names = lowest;
        return names.stream().distinct().count() == names.size()
                && below.filter(cells -> !isOfWords(cells) && names.stream().noneMatch(cells::contains))
                        .isPresent();
    }

    private static boolean isOfWords(List<String> row) {
        return row.stream().noneMatch(CsvTable::looksNumeric);
    }

    /** Whether there is no header and the first row holds a word of more than a letter. */
    private boolean isFirstOfNames(List<String> row) {
        return header.isEmpty()
                && line == top.lines() + 1
                && row.stream().anyMatch(cell -> cell.matches("\\p{L}{2}.*") && !looksNumeric(cell));
    }

    /** The same for a target of a regression. */
    float target(List<String> row, int column) {
        return number(row, column, "a regression's target is one");
    }

    /** The same with what to do about a cell that holds none. */
    float number(List<String> row, int column, String hint) {
        return number(row, column, () -> hint, FILL);
    }

    /** The same of a column that may be left out. */
    float reading(List<String> row, int column, String hint) {
        return number(row, column, () -> hint, FILL_OR_LEAVE);
    }

    private float number(List<String> row, int column, Supplier<String> hint, String missing) {
        float value = Decimal.parse(plain(row, column));
        if (Float.isNaN(value)) {
            throw invalidCell(column, notANumber(row.get(column), hint.get(), missing));
        }
        return value;
    }

    /** A cell of that row, with a decimal point in place of a decimal comma if it is a number. */
    String plain(List<String> row, int column) {
        String cell = row.get(column);
        if (cell.indexOf('.') < 0 && cell.indexOf(',') < 0) {
            return cell;
        }
        String plain = decimals.plain(cell, () -> "line " + line + ", column " + (column + 1));
        decimals.contradiction().ifPresent(why -> {
            throw file.invalid(why);
        });
        return plain;
    }

    /**
     * Finds a column by its name, or by its number counted from 1.
     *
     * @param columns how many there are
     * @param purpose what the column is for, as {@code dataset.toml} calls it
     */
    int column(String wanted, int columns, String purpose) {
        List<String> names = header.orElseGet(() -> Collections.nCopies(columns, ""));
        int index = ColumnNames.index(wanted, names);
        if (index >= 0) {
            return index;
        }
        throw file.invalid(" has no column '" + shown(wanted) + "' to take as " + purpose + " ("
                + header.map(h -> "its columns are " + ColumnNames.list(h))
                        .orElse("it has no header and " + columns + " columns: give a number")
                + ")");
    }

    /** The column that is called as label columns are; empty if there is none. */
    Optional<Integer> usualLabelColumn() {
        return header.flatMap(names -> ColumnNames.anyOf(LABEL_NAMES, names));
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
        if (first.isEmpty()) {
            return;
        }
        if (!isHeader(first.get(), labelColumn)) {
            header = namesInComment(first.get()).map(names -> withoutLastEmpty(names, first));
            pending.add(new Pending(withoutLastEmpty(first.get()), line, parted));
            return;
        }
        header = first;
        Optional<List<String>> second = readRow();
        header = Optional.of(withoutLastEmpty(first.get(), second));
        if (second.filter(UnitNames::areUnits).isPresent()) {
            units = second.get();
        } else {
            second.ifPresent(cells -> pending.add(new Pending(withoutLastEmpty(cells), line, parted)));
        }
    }

    /** Some programs end every line with a separator, the header's too. */
    private static List<String> withoutLastEmpty(List<String> header, Optional<List<String>> row) {
        int last = header.size() - 1;
        boolean closed = last > 0
                && header.get(last).isEmpty()
                && row.filter(r -> r.size() <= last || r.get(last).isEmpty()).isPresent();
        return closed ? header.subList(0, last) : header;
    }

    private List<String> withoutLastEmpty(List<String> row) {
        int last = row.size() - 1;
        boolean closed = last > 0
                && row.get(last).isEmpty()
                && header.filter(h -> h.size() == last).isPresent();
        return closed ? row.subList(0, last) : row;
    }

    /** A semicolon behind the last number, where others separate columns. */
    private List<String> withoutEnd(List<String> row) {
        String last = row.get(row.size() - 1);
        if (top.separator() == ';' || row.size() < 2 || !last.endsWith(";")) {
            return row;
        }
        List<String> bare = new ArrayList<>(row);
        bare.set(row.size() - 1, last.substring(0, last.length() - 1).strip());
        return bare;
    }

    /** The names of columns that some programs write as a comment, NumPy for one. */
    private Optional<List<String>> namesInComment(List<String> firstRow) {
        String separators = top.separator() == ' ' ? " +" : Pattern.quote(String.valueOf(top.separator()));
        return top.comment()
                .map(comment -> Stream.of(comment.split(separators, -1))
                        .map(String::strip)
                        .toList())
                .filter(names -> names.size() == firstRow.size() && names.size() > 1 && areNames(names));
    }

    private Optional<List<String>> readRow() {
        try {
            parted = false;
            while (records.hasNext()) {
                text.beginRow();
                CSVRecord row = records.next();
                line = top.lines() + parser.getCurrentLineNumber();
                if (isRule(row)) {
                    parted = true;
                } else if (row.size() > 1 || !row.get(0).isEmpty()) {
                    return Optional.of(withoutLastEmpty(withoutEnd(row.toList())));
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

    /** Whether a row is a line that is drawn, and has no values. */
    private static boolean isRule(CSVRecord row) {
        return row.stream().allMatch(cell -> DASHES.matcher(cell).matches());
    }

    private static String notANumber(String cell, String otherwise, String missing) {
        if (cell.isEmpty()) {
            return "the value is missing (" + missing + ")";
        }
        if (cell.equalsIgnoreCase("nan")) {
            return "'" + cell + "' stands for a value that is missing (" + missing + ")";
        }
        boolean grouped = cell.matches("[-+]?[0-9]{1,3}([., '\u00a0][0-9]{3})+([.,][0-9]+)?");
        String hint = grouped ? "write it without separators of thousands" : otherwise;
        return "'" + shown(cell) + "' is not a number (" + hint + ")";
    }

    private static boolean isHeader(List<String> row, Optional<String> labelColumn) {
        return labelColumn.filter(l -> !looksNumeric(l)).filter(row::contains).isPresent()
                || ColumnNames.anyOf(LABEL_NAMES, row).isPresent()
                || areNames(row);
    }

    /**
     * Whether no cell is a number, nor empty, but for the first, for table programs leave the heading of their row
     * numbers empty, and the last, behind a separator that ends the line.
     */
    private static boolean areNames(List<String> row) {
        int from = row.get(0).isEmpty() ? 1 : 0;
        int to = row.get(row.size() - 1).isEmpty() ? row.size() - 1 : row.size();
        return from < to && row.subList(from, to).stream().noneMatch(CsvTable::looksNumeric);
    }

    /** A number, or what data files write where one is missing. */
    static boolean looksNumeric(String cell) {
        return !Float.isNaN(Decimal.parse(cell))
                || cell.isEmpty()
                || cell.equalsIgnoreCase("nan")
                || DecimalMark.isComma(cell);
    }

    /** Takes each run of spaces for one tab, but those that begin or end a line for nothing. */
    private static final class SpacesAsTabs extends FilterReader {
        private boolean spaces;
        private boolean inLine;
        private int ahead = -1;

        SpacesAsTabs(Reader in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            if (ahead >= 0) {
                int c = ahead;
                ahead = -1;
                return c;
            }
            int c = in.read();
            while (c == ' ') {
                spaces = inLine;
                c = in.read();
            }
            boolean ends = c < 0 || c == '\n' || c == '\r';
            boolean separates = spaces && !ends;
            spaces = false;
            inLine = !ends;
            if (separates) {
                ahead = c;
                return '\t';
            }
            return c;
        }

        @Override
        public int read(char[] into, int offset, int length) throws IOException {
            for (int n = 0; n < length; n++) {
                int c = read();
                if (c < 0) {
                    return n == 0 ? -1 : n;
                }
                into[offset + n] = (char) c;
            }
            return length;
        }
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
