package org.tinytune.runtimegen;

import java.util.Locale;

/**
 * The global names of a library, all behind one prefix, so that several models link into one program. The texts of this
 * module are written for a model called {@code model}.
 *
 * @param prefix a C identifier in lower case
 */
record Names(String prefix) {
    /** A text about {@code model_...} and {@code MODEL_...}, said of this model. */
    String in(String text) {
        return text.replace("MODEL_", prefix.toUpperCase(Locale.ROOT) + "_").replace("model_", prefix + "_");
    }

    /** As in {@code MODEL_INPUT_BYTES}. */
    String macro(String name) {
        return (prefix + "_" + name).toUpperCase(Locale.ROOT);
    }

    /** The name of the n-th input or output: without a number for the first, the only one of most models. */
    static String numbered(String name, int n) {
        return n == 0 ? name : name + "_" + n;
    }
}
