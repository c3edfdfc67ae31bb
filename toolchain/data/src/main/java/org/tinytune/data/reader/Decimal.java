package org.tinytune.data.reader;

/** Numbers as data files write them: plain decimals, with a point and perhaps an exponent. */
final class Decimal {
    private Decimal() {}

    /**
     * Reads a number, strictly: {@code 3}, {@code -0.5}, {@code 1e-3}, but no {@code 1f}, {@code 0x10} or {@code 1,5},
     * which {@link Float#parseFloat} would take or a spreadsheet write.
     *
     * @return the number, or NaN if the text is none or is too large for a float
     */
    static float parse(String text) {
        int small = parseSmall(text);
        if (small >= 0) {
            return small;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
                return Float.NaN;
            }
        }
        try {
            float value = Float.parseFloat(text);
            return Float.isFinite(value) ? value : Float.NaN;
        } catch (NumberFormatException e) {
            return Float.NaN;
        }
    }

    /** One to four digits, the usual case of pixels and sensor readings; -1 for anything else. */
    private static int parseSmall(String text) {
        if (text.isEmpty() || text.length() > 4) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = 10 * value + digit;
        }
        return value;
    }
}
