package org.tinytune.cli.imports;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tinytune.cli.model.ModelArgument;
import org.tinytune.cli.output.Output;
import org.tinytune.cli.output.OutputFolder;
import org.tinytune.core.ExitCode;
import org.tinytune.core.graph.Graph;
import org.tinytune.tflite.ModelFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes a model that others made. */
@Command(
        name = "import",
        description = "Say what an INT8 .tflite file of any origin is, and check that boards can run it. With --out,"
                + " write it together with what it does not say of itself: labels, how readings become its input, its"
                + " task.")
public final class ImportCommand implements Callable<Integer> {
    @Mixin
    private ModelArgument model;

    @Mixin
    private StatedMetadata stated;

    @Option(names = "--out", paramLabel = "DIR", description = "The folder to write.")
    private Path out;

    @Option(names = "--force", description = "Replace a folder that an earlier import wrote.")
    private boolean force;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        Optional<OutputFolder> folder =
                Optional.ofNullable(out).map(path -> OutputFolder.claim(path, ImportedModel.REPORT, force));
        ModelFile file = model.loadInt8File();
        Graph graph = stated.applyTo(file.graph(), model.path());
        ImportReport report = ImportReport.of(model.path().toString(), graph, file.origins());
        folder.ifPresent(into -> into.write(path -> ImportedModel.write(graph, report, path)));
        output.print(report, () -> report.text() + written(graph));
        return ExitCode.OK.code();
    }

    private String written(Graph graph) {
        return out == null ? "" : "\nwrote " + out.resolve(ImportedModel.fileName(graph)) + "\n";
    }
}
