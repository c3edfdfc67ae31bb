package org.tinytune.tflite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tinytune.core.graph.Metadata;

/**
 * What TFLite's metadata has no field for: a JSON object in the archive behind the model.
 *
 * @param labels only those that a text with a label a line cannot hold
 * @param extra as in {@link Metadata#extra}
 */
record Facts(List<String> labels, SortedMap<String, String> extra) {
    static final Facts NONE = new Facts(List.of(), new TreeMap<>());

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Keeps copies; a file may leave either out, but must not hold a null. */
    Facts {
        labels = labels == null ? List.of() : List.copyOf(labels);
        extra = extra == null
                ? Collections.emptySortedMap()
                : Collections.unmodifiableSortedMap(new TreeMap<>(Map.copyOf(extra)));
    }

    static Facts of(Metadata metadata) {
        return new Facts(LabelFile.canHold(metadata.labels()) ? List.of() : metadata.labels(), metadata.extra());
    }

    byte[] encode() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a list and a map of strings have no JSON form", e);
        }
    }

    /** The facts in a file; empty if it holds anything else. */
    static Optional<Facts> decode(byte[] json) {
        try {
            return Optional.ofNullable(JSON.readValue(json, Facts.class));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
