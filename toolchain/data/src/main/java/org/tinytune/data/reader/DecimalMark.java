package org.tinytune.data.reader;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whether the numbers of a file have decimal points or decimal commas, as they tell it one after the other. A file that
 * has both is refused, for one of them separates thousands. So is one that has commas only where thousands could be
 * separated, unless semicolons separate its columns, as they do where a comma is decimal.
 */
final class DecimalMark {
    private static final Pattern COMMA = Pattern.compile("[-+]?[0-9]*,[0-9]+([eE][-+]?[0-9]{1,2})?");
    private static final Pattern THOUSANDS = Pattern.compile("[-+]?[1-9][0-9]{0,2},[0-9]{3}");

    private boolean commaIsSure;
    private Optional<String> comma = Optional.empty();
    private Optional<String> point = Optional.empty();
    private Optional<String> doubtful = Optional.empty();

    /** @param commaIsSure whether a comma in a number cannot separate thousands */
    DecimalMark(boolean commaIsSure) {
        this.commaIsSure = commaIsSure;
    }

    /** Whether a cell is a number with a decimal comma. */
    static boolean isComma(String cell) {
        return cell.indexOf(',') >= 0 && COMMA.matcher(cell).matches();
    }

    /**
     * The number in a cell as it is written with a decimal point; a cell that holds none is given back as it is.
     *
     * @param where the cell is, for messages
     */
    String plain(String cell, Place where) {
        if (cell.indexOf('.') >= 0 && point.isEmpty() && !Float.isNaN(Decimal.parse(cell))) {
            point = Optional.of(shown(cell, where));
        }
        if (isComma(cell)) {
            if (comma.isEmpty()) {
                comma = Optional.of(shown(cell, where));
            }
            if (!THOUSANDS.matcher(cell).matches()) {
                commaIsSure = true;
            } else if (doubtful.isEmpty()) {
                doubtful = Optional.of(shown(cell, where));
            }
            return cell.replace(',', '.');
        }
        return cell;
    }

    /** Where a cell is. */
    @FunctionalInterface
    interface Place {
        /** In a few words. */
        String text();
    }

    private static String shown(String cell, Place where) {
        return "'" + CsvTable.shown(cell) + "' (" + where.text() + ")";
    }

    /** Why numbers cannot be told with what has been seen so far. */
    Optional<String> contradiction() {
        return comma.isPresent() && point.isPresent()
                ? Optional.of(" has decimal commas, as in " + comma.get() + ", and decimal points, as in " + point.get()
                        + ": write all numbers in one way, without separators of thousands")
                : Optional.empty();
    }

    /** Why numbers cannot be told with the whole file seen. */
    Optional<String> doubt() {
        return contradiction()
                .or(() -> doubtful.filter(cell -> !commaIsSure)
                        .map(cell -> ": the comma in " + cell + " could be a decimal one or separate thousands: write"
                                + " decimal points, or separate columns by semicolons"));
    }
}
