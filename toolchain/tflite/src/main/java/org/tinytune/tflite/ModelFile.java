package org.tinytune.tflite;

import java.util.List;
import org.tinytune.core.graph.Graph;

/**
 * A model as it was read.
 *
 * @param graph the model
 * @param origins of each node of the graph, in its order; several nodes may come from one of the file
 */
public record ModelFile(Graph graph, List<FileNode> origins) {
    /** Keeps a copy. */
    public ModelFile {
        origins = List.copyOf(origins);
    }
}
