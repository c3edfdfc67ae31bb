package org.tinytune.cli.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.tinytune.cli.model.TargetPlan;
import org.tinytune.cli.output.Json;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.board.Board;
import org.tinytune.core.graph.Graph;
import org.tinytune.runtimegen.CLibrary;
import org.tinytune.runtimegen.CTarget;
import org.tinytune.tflite.ModelFiles;

/** Writes a model's files into a folder. */
public final class ModelExport {
    /** What every exported folder holds: what is in it. */
    public static final String MANIFEST = "export.json";

    private static final String README = "README.md";
    private static final String LABELS = "labels.txt";

    private ModelExport() {}

    /**
     * What an exported folder holds.
     *
     * @param format {@code c} or {@code tflite}
     * @param board that it is for; empty if it is for any
     * @param arenaBytes of RAM that the C library takes beside the stack; empty of other formats
     * @param weightBytes of constants, which lie in flash; empty of other formats
     * @param files without this one
     */
    public record Manifest(
            String format,
            Optional<String> board,
            Optional<Integer> arenaBytes,
            Optional<Long> weightBytes,
            List<FileEntry> files) {}

    /**
     * A file.
     *
     * @param name in the folder
     * @param bytes its length
     */
    public record FileEntry(String name, long bytes) {}

    /**
     * Writes the C library of an INT8 model with a README and its labels.
     *
     * @param board that it is for; empty for any machine with a C99 compiler
     * @param folder empty
     * @throws TinytuneException with {@link ExitCode#DOES_NOT_FIT} if arena or weights alone are too large for the
     *     board
     */
    public static Manifest writeC(Graph int8, Optional<Board> board, Path folder) {
        TargetPlan plan = board.map(b -> TargetPlan.of(int8, b)).orElseGet(() -> TargetPlan.of(int8, CTarget.PORTABLE));
        CLibrary library = plan.library(int8.metadata().name());
        library.writeTo(folder);
        write(folder.resolve(README), CLibraryReadme.text(plan, library, board));
        writeLabels(int8, folder);
        return finish(
                folder,
                "c",
                board.map(Board::id),
                Optional.of(plan.plan().arenaBytes()),
                Optional.of(plan.weightBytes()));
    }

    /**
     * Writes the .tflite file of a model, and its labels.
     *
     * @param name of the file
     * @param folder empty
     */
    public static Manifest writeTflite(Graph graph, String name, Path folder) {
        ModelFiles.save(graph, folder.resolve(name));
        writeLabels(graph, folder);
        return finish(folder, "tflite", Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static void writeLabels(Graph graph, Path folder) {
        List<String> labels = graph.metadata().labels();
        if (!labels.isEmpty()) {
            write(folder.resolve(LABELS), String.join("\n", labels) + "\n");
        }
    }

    private static Manifest finish(
            Path folder,
            String format,
            Optional<String> board,
            Optional<Integer> arenaBytes,
            Optional<Long> weightBytes) {
        Manifest manifest = new Manifest(format, board, arenaBytes, weightBytes, files(folder));
        write(folder.resolve(MANIFEST), Json.text(manifest));
        return manifest;
    }

    private static List<FileEntry> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted()
                    .map(file -> new FileEntry(
                            file.getFileName().toString(), file.toFile().length()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
