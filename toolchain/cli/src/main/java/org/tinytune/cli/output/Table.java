package org.tinytune.cli.output;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Rows of text under headings: aligned by spaces for a terminal, or as Markdown for a page. */
public final class Table {
    private final List<Column> columns;
    private final List<List<String>> rows = new ArrayList<>();

    /**
     * A heading and the side to which its column is aligned.
     *
     * @param heading the first line of the column
     * @param toTheRight true for numbers
     */
    public record Column(String heading, boolean toTheRight) {}

    /** A table without rows. */
    public Table(Column... columns) {
        this.columns = List.of(columns);
    }

    /** A column of text. */
    public static Column left(String heading) {
        return new Column(heading, false);
    }

    /** A column of numbers. */
    public static Column right(String heading) {
        return new Column(heading, true);
    }

    /**
     * Adds a row.
     *
     * @param cells as many as there are columns, each one line
     * @throws IllegalArgumentException if their number differs
     */
    public Table row(String... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + columns.size() + " columns");
        }
        rows.add(List.of(cells));
        return this;
    }

    /** For a terminal: two spaces between columns, none at the end of a line. */
    public String text() {
        List<Integer> widths = widths();
        StringBuilder text = new StringBuilder();
        appendLine(text, headings(), widths);
        rows.forEach(row -> appendLine(text, row, widths));
        return text.toString();
    }

    /** For a Markdown page. */
    public String markdown() {
        StringBuilder text = new StringBuilder();
        appendMarkdown(text, headings());
        appendMarkdown(
                text, columns.stream().map(c -> c.toTheRight() ? "--:" : "---").toList());
        rows.forEach(row -> appendMarkdown(
                text, row.stream().map(cell -> cell.replace("|", "\\|")).toList()));
        return text.toString();
    }

    private List<String> headings() {
        return columns.stream().map(Column::heading).toList();
    }

    private List<Integer> widths() {
        List<Integer> widths = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            int width = length(columns.get(i).heading());
            for (List<String> row : rows) {
                width = Math.max(width, length(row.get(i)));
            }
            widths.add(width);
        }
        return widths;
    }

    private void appendLine(StringBuilder text, List<String> cells, List<Integer> widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            String padding = " ".repeat(widths.get(i) - length(cell));
            line.append(i == 0 ? "" : "  ").append(columns.get(i).toTheRight() ? padding + cell : cell + padding);
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }

    private static void appendMarkdown(StringBuilder text, List<String> cells) {
        text.append(cells.stream().collect(Collectors.joining(" | ", "| ", " |\n")));
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
