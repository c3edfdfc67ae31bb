package org.tinytune.data.reader;

import java.util.Optional;

/** A sample of the user's own, to be given to a model. */
public final class Sample {
    private final String name;
    private final float[] values;
    private final Optional<String> label;

    Sample(String name, float[] values, Optional<String> label) {
        this.name = name;
        this.values = values;
        this.label = label;
    }

    /** The file, and the line if the file holds several samples. */
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
