package org.tinytune.tflite;

/** Text of a file that comes from anywhere, made fit for messages and identifiers. */
final class Text {
    private static final int MAX_LENGTH = 1000;

    private Text() {}

    /** The same with a space for each control character, cut to a length that can still be read. */
    static String oneLine(String text) {
        StringBuilder line = new StringBuilder();
        text.codePoints()
                .limit(MAX_LENGTH)
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .forEach(line::appendCodePoint);
        return line.toString();
    }
}
