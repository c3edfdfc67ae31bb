package org.tinytune.tflite;

/** Text of a file that comes from anywhere, made fit for messages and identifiers. */
final class Text {
    private static final int MAX_LENGTH = 1000;

    private Text() {}

    /** The same with a space for each character that controls lines, cut to a length that can still be read. */
    static String oneLine(String text) {
        StringBuilder line = new StringBuilder();
        text.codePoints().limit(MAX_LENGTH).map(c -> breaksLines(c) ? ' ' : c).forEach(line::appendCodePoint);
        return line.toString();
    }

    private static boolean breaksLines(int character) {
        int type = Character.getType(character);
        return Character.isISOControl(character)
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }

    /** One line with something at its end, for which it is cut where the two are too long together. */
    static String withSuffix(String line, String suffix) {
        int length = line.codePointCount(0, line.length());
        int kept = Math.min(length, MAX_LENGTH - suffix.length());
        return line.substring(0, line.offsetByCodePoints(0, kept)) + suffix;
    }
}
