package org.tinytune.cli.imports;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tinytune.cli.output.Json;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Metadata;
import org.tinytune.tflite.ModelFiles;

/** The folder that an import writes. */
final class ImportedModel {
    /** What was imported; every such folder has one. */
    static final String REPORT = "import.json";

    private static final String LABELS = "labels.txt";

    private ImportedModel() {}

    /** What the model's file is called: its name, less what is special in names of files. */
    static String fileName(Graph graph) {
        String name = graph.metadata().name().replaceAll("[^A-Za-z0-9_-]+", "_");
        return (name.isEmpty() ? Metadata.unnamed().name() : name) + ".tflite";
    }

    /**
     * Writes the model, its labels and the report.
     *
     * @param folder empty
     * @return the model's file
     */
    static Path write(Graph graph, ImportReport report, Path folder) {
        Path file = folder.resolve(fileName(graph));
        ModelFiles.save(graph, file);
        List<String> labels = graph.metadata().labels();
        try {
            if (!labels.isEmpty()) {
                Files.writeString(folder.resolve(LABELS), String.join("\n", labels) + "\n");
            }
            Files.writeString(folder.resolve(REPORT), Json.text(report));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }
}
