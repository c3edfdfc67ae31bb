package org.tinytune.cli;

import static org.tinytune.cli.output.Table.left;
import static org.tinytune.cli.output.Table.right;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.tinytune.cli.export.ModelExport;
import org.tinytune.cli.model.BoardIds;
import org.tinytune.cli.model.ModelArgument;
import org.tinytune.cli.output.Output;
import org.tinytune.cli.output.OutputFolder;
import org.tinytune.cli.output.Quantities;
import org.tinytune.cli.output.Table;
import org.tinytune.core.ExitCode;
import org.tinytune.core.board.Board;
import org.tinytune.core.board.Boards;
import org.tinytune.core.graph.Graph;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a model as files for somebody else's project. */
@Command(name = "export", description = "Write a model as a C library or as a .tflite file, with its labels.")
final class ExportCommand implements Callable<Integer> {
    @Mixin
    private ModelArgument model;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            required = true,
            description = "${COMPLETION-CANDIDATES}: a C99 library, or a file for TFLite interpreters.")
    private Format format;

    @Option(
            names = "--board",
            paramLabel = "ID",
            completionCandidates = BoardIds.class,
            description = "The board that the C library is for (default: any machine; tinytune boards lists them).")
    private String boardId;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "The folder to write.")
    private Path out;

    @Option(names = "--force", description = "Replace a folder that an earlier export wrote.")
    private boolean force;

    @Mixin
    private Output output;

    /** What can be written. */
    private enum Format {
        C,
        TFLITE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private record Report(
            String model, String out, @JsonUnwrapped ModelExport.Manifest manifest) {}

    @Override
    public Integer call() {
        Optional<Board> board = Optional.ofNullable(boardId).map(Boards::byId);
        OutputFolder folder = OutputFolder.claim(out, ModelExport.MANIFEST, force);
        ModelExport.Manifest manifest =
                folder.write(format == Format.C ? cLibrary(model.loadInt8(), board) : tfliteFile(model.load()));
        Report report = new Report(model.path().toString(), out.toString(), manifest);
        output.print(report, () -> text(manifest));
        return ExitCode.OK.code();
    }

    private static Function<Path, ModelExport.Manifest> cLibrary(Graph graph, Optional<Board> board) {
        return into -> ModelExport.writeC(graph, board, into);
    }

    private Function<Path, ModelExport.Manifest> tfliteFile(Graph graph) {
        String name = model.path().getFileName().toString();
        return into -> ModelExport.writeTflite(graph, name.endsWith(".tflite") ? name : name + ".tflite", into);
    }

    private String text(ModelExport.Manifest manifest) {
        Table table = new Table(left("wrote"), right("size"));
        for (ModelExport.FileEntry file : manifest.files()) {
            table.row(out.resolve(file.name()).toString(), Quantities.bytes(file.bytes()));
        }
        if (format == Format.TFLITE) {
            return table.text();
        }
        return table.text() + "\nIt takes an arena of "
                + Quantities.bytes(manifest.arenaBytes().orElseThrow()) + " of RAM, and "
                + Quantities.bytes(manifest.weightBytes().orElseThrow()) + " of flash for weights beside its code.\n";
    }
}
