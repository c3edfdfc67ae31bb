package org.tinytune.runtimegen;

import java.util.List;
import java.util.Optional;

/**
 * An input of a model that is compiled into an example.
 *
 * @param title where it is from, in a few words
 * @param steps the inferences to run, one behind the other: of each, the bytes of every input of the graph
 * @param raw the readings that the last step was made of; empty if they are not known
 */
public record StoredSample(String title, List<List<byte[]>> steps, Optional<float[]> raw) {
    /** Keeps a copy. */
    public StoredSample {
        steps = steps.stream().map(List::copyOf).toList();
    }
}
