package org.tinytune.cli.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.tinytune.cli.output.Json;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.board.Board;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.plan.Plan;
import org.tinytune.core.plan.Planner;
import org.tinytune.runtimegen.CLibrary;
import org.tinytune.runtimegen.CLibraryGenerator;
import org.tinytune.runtimegen.CTarget;
import org.tinytune.runtimegen.CTargetCosts;
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
     * @param weightBytes of constants, which lie in flash
     * @param files without this one
     */
    public record Manifest(
            String format, Optional<String> board, Optional<Integer> arenaBytes, long weightBytes, List<FileEntry> files) {}

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
     * @throws TinytuneException with {@link ExitCode#DOES_NOT_FIT} if arena or weights alone are too large for the board
     */
    public static Manifest writeC(Graph int8, Optional<Board> board, Path folder) {
        CTarget target = board.map(b -> CTarget.of(b.mcu())).orElse(CTarget.PORTABLE);
        Plan plan = Planner.plan(int8, new CTargetCosts(target), target.alignment());
        long weightBytes = weightBytes(int8);
        board.ifPresent(b -> {
            requireFit(b, "RAM for its arena", plan.arenaBytes(), b.memory().ramBudgetBytes());
            requireFit(b, "flash for its weights", weightBytes, b.memory().flashBudgetBytes());
        });
        CLibrary library = new CLibraryGenerator(target).generate(int8, plan);
        library.writeTo(folder);
        write(folder.resolve(README), CLibraryReadme.text(int8, plan, library, target, board));
        return finish(folder, int8, new Manifest(
                "c", board.map(Board::id), Optional.of(plan.arenaBytes()), weightBytes, List.of()));
    }

    /**
     * Writes the .tflite file of a model, and its labels.
     *
     * @param name of the file
     * @param folder empty
     */
    public static Manifest writeTflite(Graph graph, String name, Path folder) {
        ModelFiles.save(graph, folder.resolve(name));
        return finish(
                folder, graph, new Manifest("tflite", Optional.empty(), Optional.empty(), weightBytes(graph), List.of()));
    }

    private static Manifest finish(Path folder, Graph graph, Manifest manifest) {
        List<String> labels = graph.metadata().labels();
        if (!labels.isEmpty()) {
            write(folder.resolve(LABELS), String.join("\n", labels) + "\n");
        }
        Manifest complete = new Manifest(
                manifest.format(), manifest.board(), manifest.arenaBytes(), manifest.weightBytes(), files(folder));
        write(folder.resolve(MANIFEST), Json.text(complete));
        return complete;
    }

    private static void requireFit(Board board, String what, long needed, long available) {
        if (needed > available) {
            throw new TinytuneException(
                    ExitCode.DOES_NOT_FIT,
                    "the model needs " + needed + " B of " + what + ", " + board.id() + " has " + available + " B: "
                            + (needed - available) + " B over (take a smaller model or a larger board)");
        }
    }

    /** Bytes of all constants. */
    static long weightBytes(Graph graph) {
        return graph.tensors().stream()
                .filter(Tensor::isConstant)
                .mapToLong(Tensor::bytes)
                .sum();
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
