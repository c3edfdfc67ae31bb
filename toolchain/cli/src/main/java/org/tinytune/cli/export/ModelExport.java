package org.tinytune.cli.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.tinytune.cli.output.Json;
import org.tinytune.core.board.Board;

/** Writes a project into a folder. */
public final class ModelExport {
    /** What every exported folder holds: what is in it. */
    public static final String MANIFEST = "export.json";

    private ModelExport() {}

    /**
     * What an exported folder holds.
     *
     * @param format of the project
     * @param board that it is for; empty if it is for any
     * @param arenaBytes of RAM that the C library takes beside the stack; empty of projects without one
     * @param weightBytes of constants, which lie in flash; empty of projects without a C library
     * @param constantBytes of all that the C library has in flash beside code: weights as kernels take them, and tables
     * @param files without this one
     */
    public record Manifest(
            String format,
            Optional<String> board,
            Optional<Integer> arenaBytes,
            Optional<Long> weightBytes,
            Optional<Long> constantBytes,
            List<FileEntry> files) {}

    /**
     * A file.
     *
     * @param name in the folder, with slashes
     * @param bytes its length
     */
    public record FileEntry(String name, long bytes) {}

    /**
     * Writes a project and its manifest.
     *
     * @param format of the project
     * @param board that it is for
     * @param folder empty
     */
    public static Manifest write(Project project, ProjectFormat format, Optional<Board> board, Path folder) {
        project.files().writeTo(folder);
        Manifest manifest = new Manifest(
                format.id(),
                board.map(Board::id),
                project.arenaBytes(),
                project.weightBytes(),
                project.constantBytes(),
                project.files().sizes().entrySet().stream()
                        .map(file -> new FileEntry(file.getKey(), file.getValue()))
                        .toList());
        try {
            Files.writeString(folder.resolve(MANIFEST), Json.text(manifest));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return manifest;
    }
}
