package org.tinytune.tflite;

import java.util.List;
import org.tinytune.core.graph.Graph;

/**
 * A model as it was read.
 *
 * @param graph the model
 * @param operatorVersions what the file states of each node, in the order of the graph
 */
public record ModelFile(Graph graph, List<Integer> operatorVersions) {
    /** Keeps a copy. */
    public ModelFile {
        operatorVersions = List.copyOf(operatorVersions);
    }
}
