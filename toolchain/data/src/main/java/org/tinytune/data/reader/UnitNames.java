package org.tinytune.data.reader;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Units as files write them, in a row under the names of their columns or in brackets behind one. */
final class UnitNames {
    private static final Set<String> KNOWN = Set.of(
            "s",
            "sec",
            "second",
            "seconds",
            "ms",
            "msec",
            "us",
            "\u00b5s",
            "\u03bcs",
            "ns",
            "min",
            "h",
            "hz",
            "khz",
            "g",
            "mg",
            "m/s",
            "m/s2",
            "m/s^2",
            "m/s\u00b2",
            "m/s/s",
            "ms-2",
            "mm/s",
            "mm/s2",
            "deg",
            "\u00b0",
            "deg/s",
            "\u00b0/s",
            "dps",
            "mdps",
            "rad",
            "rad/s",
            "t",
            "mt",
            "ut",
            "\u00b5t",
            "\u03bct",
            "nt",
            "gauss",
            "v",
            "mv",
            "uv",
            "\u00b5v",
            "\u03bcv",
            "a",
            "ma",
            "ua",
            "\u00b5a",
            "w",
            "mw",
            "pa",
            "hpa",
            "kpa",
            "mpa",
            "bar",
            "mbar",
            "psi",
            "c",
            "\u00b0c",
            "degc",
            "k",
            "f",
            "\u00b0f",
            "%",
            "lx",
            "lux",
            "db",
            "dba",
            "n",
            "kn",
            "nm",
            "n\u00b7m",
            "m",
            "cm",
            "mm",
            "um",
            "\u00b5m",
            "ppm",
            "ppb",
            "lsb",
            "counts",
            "count",
            "raw",
            "rpm",
            "1/min",
            "bpm",
            "kg",
            "l/min",
            "ohm",
            "kohm",
            "a.u.",
            "au",
            "-");

    private static final Pattern BRACKETED = Pattern.compile("[(\\[]\\s*([^()\\[\\]]{1,16}?)\\s*[)\\]]");
    private static final Pattern BEHIND = Pattern.compile(".*\\S\\s*[(\\[]\\s*([^()\\[\\]]{1,16}?)\\s*[)\\]]");

    private UnitNames() {}

    /** Whether a row under a header is one of units: each cell is empty, in brackets, or a unit that is known. */
    static boolean areUnits(List<String> row) {
        return row.stream().anyMatch(cell -> !cell.isEmpty() && !cell.equals("-"))
                && row.stream()
                        .allMatch(cell -> cell.isEmpty()
                                || BRACKETED.matcher(cell).matches()
                                || KNOWN.contains(cell.toLowerCase(Locale.ROOT)));
    }

    /** A unit without the brackets around it; empty if it only stands for none. */
    static String bare(String cell) {
        Matcher matcher = BRACKETED.matcher(cell);
        String unit = matcher.matches() ? matcher.group(1) : cell;
        return unit.equals("-") || unit.equals("1") ? "" : unit;
    }

    /** The known unit in brackets behind a column's name; otherwise empty. */
    static String inBrackets(String header) {
        Matcher matcher = BEHIND.matcher(header);
        return matcher.matches() && KNOWN.contains(matcher.group(1).toLowerCase(Locale.ROOT))
                ? bare(matcher.group(1))
                : "";
    }
}
