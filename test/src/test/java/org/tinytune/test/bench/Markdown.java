package org.tinytune.test.bench;

import java.util.List;
import java.util.Locale;

/** Tables of the benchmarks' pages. */
final class Markdown {
    private Markdown() {}

    /** A number with commas between its thousands. */
    static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** Appends a row. */
    static void row(StringBuilder text, List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    /** Appends the line below a head of so many columns. */
    static void rule(StringBuilder text, int columns) {
        text.append('|').append(" --- |".repeat(columns)).append('\n');
    }
}
