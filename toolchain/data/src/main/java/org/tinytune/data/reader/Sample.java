package org.tinytune.data.reader;

import java.util.Optional;
import java.util.OptionalDouble;

/** A sample of the user's own, to be given to a model. */
public final class Sample {
    private final String name;
    private final float[] values;
    private final Optional<String> label;
    private final OptionalDouble seconds;

    Sample(String name, float[] values, Optional<String> label) {
        this(name, values, label, OptionalDouble.empty());
    }

    Sample(String name, float[] values, Optional<String> label, OptionalDouble seconds) {
        this.seconds = seconds;
        this.name = name;
        this.values = values;
        this.label = label;
    }

    /** When it begins, from the beginning of its recording on; empty if it is no window of one. */
    public OptionalDouble seconds() {
        return seconds;
    }

    /** The file, and the line or the time if the file holds several samples. */
    public String name() {
        return name;
    }

    /** A copy of the raw values, in the order of the model's input shape. */
    public float[] values() {
        return values.clone();
    }

    /** What the file says that it is, where it does. */
    public Optional<String> label() {
        return label;
    }
}
