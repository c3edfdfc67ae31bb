package org.tinytune.cli.output;

/**
 * A tensor's name for a column of a table. Converters chain the names of all that they have fused, some hundred
 * characters; the first of them says enough.
 */
public final class ShortName {
    private static final int LENGTH = 40;
    private static final String CUT = "…";

    private ShortName() {}

    /** The first name of a chain, and of a long one its end. */
    public static String of(String name) {
        int end = name.indexOf(';');
        String first = end > 0 ? name.substring(0, end) : name;
        if (first.length() <= LENGTH) {
            return first;
        }
        int begin = first.length() - LENGTH + CUT.length();
        // Not in the middle of a character of two.
        return CUT + first.substring(Character.isLowSurrogate(first.charAt(begin)) ? begin + 1 : begin);
    }
}
