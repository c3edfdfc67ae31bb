package org.tinytune.tflite;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** A list of labels as TFLite's tools expect it: UTF-8 text with a label a line. */
final class LabelFile {
    private LabelFile() {}

    /** The text; a line break within a label becomes a space. */
    static byte[] encode(List<String> labels) {
        StringBuilder text = new StringBuilder();
        for (String label : labels) {
            text.append(label.replace('\r', ' ').replace('\n', ' ')).append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The labels of a text with line ends of any kind. */
    static List<String> decode(byte[] text) {
        return decode(text, Integer.MAX_VALUE);
    }

    /** No more than the first so many of them. */
    static List<String> decode(byte[] text, int limit) {
        return new String(text, StandardCharsets.UTF_8).lines().limit(limit).toList();
    }

    /** Whether the text says all that the labels say. */
    static boolean canHold(List<String> labels) {
        return decode(encode(labels)).equals(labels);
    }
}
