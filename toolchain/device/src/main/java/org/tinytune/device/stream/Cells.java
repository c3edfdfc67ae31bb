package org.tinytune.device.stream;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The parts of a line, which commas, semicolons or tabs separate. */
final class Cells {
    private static final Pattern SEPARATOR = Pattern.compile("[,;\t]");

    /** What every reader of data sets takes for a number. */
    private static final Pattern NUMBER =
            Pattern.compile("[-+]?([0-9]{1,18}(\\.[0-9]{0,18})?|\\.[0-9]{1,18})([eE][-+]?[0-9]{1,2})?");

    /** Letters, digits, and what units are written with. */
    private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N} _./^()\\[\\]°²-]{0,39}");

    private Cells() {}

    /** The readings of a line as they are written; empty if it is anything else. A separator may end the line. */
    static Optional<List<String>> numbers(String line) {
        return all(line).filter(cells -> cells.stream().allMatch(Cells::isNumber));
    }

    /** The names of columns that a line consists of; empty if it is anything else. */
    static Optional<List<String>> names(String line) {
        return all(line).filter(cells -> cells.stream().allMatch(Cells::isName));
    }

    /** Whether a column may be called so: a letter first, and nothing that has a meaning in tables. */
    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    private static boolean isNumber(String cell) {
        return NUMBER.matcher(cell).matches() && Float.isFinite(Float.parseFloat(cell));
    }

    private static Optional<List<String>> all(String line) {
        List<String> cells = new ArrayList<>(
                Arrays.stream(SEPARATOR.split(line, -1)).map(String::strip).toList());
        if (cells.get(cells.size() - 1).isEmpty()) {
            cells.remove(cells.size() - 1);
        }
        return cells.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(cells));
    }
}
