package org.tinytune.cli;

import static org.tinytune.cli.output.Table.left;
import static org.tinytune.cli.output.Table.right;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tinytune.cli.export.ExportedModel;
import org.tinytune.cli.export.ModelExport;
import org.tinytune.cli.export.Project;
import org.tinytune.cli.export.ProjectFormat;
import org.tinytune.cli.export.ProjectFormats;
import org.tinytune.cli.model.BoardIds;
import org.tinytune.cli.model.ContinuousOptions;
import org.tinytune.cli.model.DataOptions;
import org.tinytune.cli.model.ModelArgument;
import org.tinytune.cli.model.ModelInputs;
import org.tinytune.cli.output.Output;
import org.tinytune.cli.output.OutputFolder;
import org.tinytune.cli.output.ProgressLine;
import org.tinytune.cli.output.Quantities;
import org.tinytune.cli.output.Table;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.board.Board;
import org.tinytune.core.board.Boards;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.SignalFacts;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.slide.ContinuousGraph;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.data.Dataset;
import org.tinytune.runtimegen.StoredSample;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a model as a project for somebody else's tool. */
@Command(
        name = "export",
        description = "Write a model as a project that another tool takes as it is, with an example that runs it.")
final class ExportCommand implements Callable<Integer> {
    private static final String INDEX = "[0-9]+";

    @Mixin
    private ModelArgument model;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            required = true,
            completionCandidates = ProjectFormats.class,
            description = "The kind of project: ${COMPLETION-CANDIDATES}.")
    private String formatId;

    @Option(
            names = "--board",
            paramLabel = "ID",
            completionCandidates = BoardIds.class,
            description = "The board that the code is for (default: any machine; tinytune boards lists them).")
    private String boardId;

    @Option(
            names = "--sample",
            paramLabel = "FILE|INDEX",
            description =
                    "What the example runs: a file that holds a sample (CSV, image), or the bytes of the input tensor"
                            + " in a file that ends in " + ModelInputs.RAW
                            + "; or the number of a sample in the data set, from 0"
                            + " (default: noise).")
    private String sample;

    @Mixin
    private DataOptions data;

    @Mixin
    private ContinuousOptions continuous;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "The folder to write.")
    private Path out;

    @Option(names = "--force", description = "Replace a folder that an earlier export wrote.")
    private boolean force;

    @Mixin
    private Output output;

    private record Report(
            String model, String out, @JsonUnwrapped ModelExport.Manifest manifest) {}

    @Override
    public Integer call() {
        ProjectFormat format = ProjectFormats.named(formatId)
                .orElseThrow(() -> new TinytuneException(
                        ExitCode.USAGE,
                        "--format " + formatId + " is not known (one of " + ProjectFormats.ids() + ")"));
        Optional<Board> board = Optional.ofNullable(boardId).map(Boards::byId);
        OutputFolder folder = OutputFolder.claim(out, ModelExport.MANIFEST, force);
        Graph graph = format.needsInt8() ? model.loadInt8() : model.load();
        if (continuous.areUsed() && !format.needsInt8()) {
            throw new TinytuneException(
                    ExitCode.USAGE,
                    "--continuous and --trigger-... are about code, of which --format " + formatId + " has none");
        }
        boolean remembers = graph.hasState();
        Optional<ContinuousGraph> sliding = remembers ? Optional.empty() : continuous.of(graph);
        graph = remembers ? continuous.ofStates(graph) : graph;
        Optional<StoredSample> stored = storedSample(graph);
        if (sliding.isPresent()) {
            graph = sliding.get().graph();
            stored = stored.map(whole -> onSlidingWindow(whole, sliding.get()));
        }
        String name = model.path().getFileName().toString();
        Project project = format.make(new ExportedModel(name, graph, board, stored));
        ModelExport.Manifest manifest = folder.write(into -> ModelExport.write(project, format, board, into));
        Report report = new Report(model.path().toString(), out.toString(), manifest);
        output.print(
                report, () -> text(manifest) + sliding.map(ExportCommand::text).orElse(""));
        return ExitCode.OK.code();
    }

    /** What the example runs; nothing if the model takes no integers. */
    private Optional<StoredSample> storedSample(Graph graph) {
        boolean integers = graph.inputs().stream()
                .map(graph::tensor)
                .map(Tensor::type)
                .allMatch(type -> type == ElementType.INT8 || type == ElementType.INT16);
        if (!integers) {
            return Optional.empty();
        }
        ModelInputs inputs = inputs(graph);
        return Optional.of(new StoredSample(inputs.title(), inputs.steps(graph), inputs.sample()));
    }

    /** The same sample, hop by hop, until it fills the window. */
    private static StoredSample onSlidingWindow(StoredSample whole, ContinuousGraph sliding) {
        List<List<byte[]>> steps = sliding.stepsOf(whole.steps().get(0).get(0)).stream()
                .map(List::of)
                .toList();
        return new StoredSample(whole.title(), steps, whole.raw());
    }

    private static String text(ContinuousGraph sliding) {
        int rows = sliding.hop();
        String time = SignalFacts.of(sliding.graph().metadata())
                .rateHz()
                .map(rate -> String.format(Locale.ROOT, ", %.4g ms,", 1000.0 * rows / rate))
                .orElse("");
        return "A call takes " + Quantities.count(rows) + " new samples" + time + " and the window is full after "
                + Quantities.count(sliding.steps()) + " calls.\n";
    }

    private ModelInputs inputs(Graph graph) {
        if (sample == null) {
            return ModelInputs.noise(graph, data.seed(model.path()));
        }
        return sample.matches(INDEX) ? ofDataset(graph) : ModelInputs.read(graph, Path.of(sample));
    }

    private ModelInputs ofDataset(Graph graph) {
        try (ProgressLine progress = new ProgressLine()) {
            Dataset dataset = data.load(model.path(), graph, progress::note)
                    .orElseThrow(() -> new TinytuneException(
                            ExitCode.USAGE, "no data to take sample " + sample + " of: name it with --data"));
            return ModelInputs.ofDataset(graph, dataset, sample);
        }
    }

    private String text(ModelExport.Manifest manifest) {
        Table table = new Table(left("wrote"), right("size"));
        for (ModelExport.FileEntry file : manifest.files()) {
            table.row(out.resolve(file.name()).toString(), Quantities.bytes(file.bytes()));
        }
        return table.text()
                + manifest.arenaBytes()
                        .map(arena -> "\nIt takes an arena of " + Quantities.bytes(arena) + " of RAM, and "
                                + Quantities.bytes(manifest.weightBytes().orElseThrow())
                                + " of flash for weights beside its code"
                                + constants(manifest) + ".\n")
                        .orElse("");
    }

    /** Of front ends, whose tables are no weights. */
    private static String constants(ModelExport.Manifest manifest) {
        return manifest.constantBytes()
                .map(bytes -> " (" + Quantities.bytes(bytes) + " with all tables)")
                .orElse("");
    }
}
