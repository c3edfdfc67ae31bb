package org.tinytune.cli.export;

import java.util.List;
import org.tinytune.core.graph.Graph;

/** The labels of a model as a text file: a line each. */
final class Labels {
    private static final String FILE = "labels.txt";

    private Labels() {}

    /** Adds the file, if the model has labels. */
    static void addTo(ProjectFiles files, Graph graph) {
        List<String> labels = graph.metadata().labels();
        if (!labels.isEmpty()) {
            files.add(FILE, String.join("\n", labels) + "\n");
        }
    }
}
