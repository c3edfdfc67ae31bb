package org.tinytune.core.graph;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a model says of itself beside its arithmetic.
 *
 * @param name a C identifier by preference; names the generated library
 * @param description one line
 * @param labels of the outputs, in order: the classes, or the quantities of a regression; empty if there are none
 * @param encoding how raw readings become the real input
 * @param extra further facts by key, kept in the file
 */
public record Metadata(
        String name, String description, List<String> labels, InputEncoding encoding, SortedMap<String, String> extra) {

    /** The most steps that a sample may have. */
    public static final int MAX_STEPS = 1 << 16;

    private static final String STEPS = "steps";

    /** Keeps copies. */
    public Metadata {
        labels = List.copyOf(labels);
        extra = Collections.unmodifiableSortedMap(new TreeMap<>(extra));
    }

    /**
     * How many inputs, one behind the other, make up a sample of a model with states; 1 if it does not say.
     *
     * @throws InvalidModelException if what it says is no number in [1, 2^16]
     */
    public int steps() {
        String stated = extra.getOrDefault(STEPS, "1");
        int steps = stated.matches("[0-9]{1,6}") ? Integer.parseInt(stated) : 0;
        if (steps < 1 || steps > MAX_STEPS) {
            throw new InvalidModelException("its metadata says that a sample has '" + stated + "' steps");
        }
        return steps;
    }

    /** The same of a model whose samples have so many steps. */
    public Metadata withSteps(int steps) {
        return withExtra(STEPS, Integer.toString(steps));
    }

    /** Of a model that says nothing of itself. */
    public static Metadata unnamed() {
        return new Metadata("model", "", List.of(), InputEncoding.IDENTITY, new TreeMap<>(Map.of()));
    }

    /** The same with other labels. */
    public Metadata withLabels(List<String> others) {
        return new Metadata(name, description, others, encoding, extra);
    }

    /** The same of a model whose raw readings become the input in another way. */
    public Metadata withEncoding(InputEncoding other) {
        return new Metadata(name, description, labels, other, extra);
    }

    /** The same with one more fact, or another value of it. */
    public Metadata withExtra(String key, String value) {
        SortedMap<String, String> more = new TreeMap<>(extra);
        more.put(key, value);
        return withExtra(more);
    }

    /** The same with other facts. */
    public Metadata withExtra(SortedMap<String, String> others) {
        return new Metadata(name, description, labels, encoding, others);
    }
}
