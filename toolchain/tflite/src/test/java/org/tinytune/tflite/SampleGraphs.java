package org.tinytune.tflite;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.testing.RandomGraphs;

/** Graphs for the tests of this package. */
final class SampleGraphs {
    private SampleGraphs() {}

    /** Metadata that uses every field. */
    static Metadata fullMetadata() {
        return new Metadata(
                "digits",
                "handwritten digits, 8×8",
                List.of("zero", "ääni", "three spaces   ", ""),
                new InputEncoding(List.of(0.5f), List.of(16f), -3.25f, 17f),
                new TreeMap<>(Map.of("dataset", "sha256:0123", "trial", "17", "note", "a \"quoted\"\nsecond line")));
    }

    /** A network with that metadata. */
    static Graph described() {
        return RandomGraphs.network(11).withMetadata(fullMetadata());
    }
}
