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
 * @param labels of the output's classes, in order; empty if there are none
 * @param encoding how raw readings become the real input
 * @param extra further facts by key, kept in the file
 */
public record Metadata(
        String name, String description, List<String> labels, InputEncoding encoding, SortedMap<String, String> extra) {

    /** Keeps copies. */
    public Metadata {
        labels = List.copyOf(labels);
        extra = Collections.unmodifiableSortedMap(new TreeMap<>(extra));
    }

    /** Of a model that says nothing of itself. */
    public static Metadata unnamed() {
        return new Metadata("model", "", List.of(), InputEncoding.IDENTITY, new TreeMap<>(Map.of()));
    }
}
