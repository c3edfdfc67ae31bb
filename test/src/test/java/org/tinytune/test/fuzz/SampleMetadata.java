package org.tinytune.test.fuzz;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.core.graph.Metadata;

/** Metadata that use every field. */
final class SampleMetadata {
    static final Metadata FULL = new Metadata(
            "fuzzed",
            "a model with a description",
            List.of("yes", "no", "three words here"),
            new InputEncoding(List.of(0.5f), List.of(16f), -3.25f, 17f),
            new TreeMap<>(Map.of("trial", "17", "note", "two\nlines")));

    private SampleMetadata() {}
}
