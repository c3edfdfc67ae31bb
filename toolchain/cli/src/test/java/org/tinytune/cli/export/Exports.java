package org.tinytune.cli.export;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.tinytune.core.board.Boards;
import org.tinytune.core.graph.AnomalyThreshold;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.graph.InputEncoding;
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.graph.OutputEncoding;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.core.op.NoParams;
import org.tinytune.core.op.Operators;
import org.tinytune.core.op.relu.Relu;
import org.tinytune.core.op.slide.ContinuousGraph;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.testing.RandomGraphs;
import org.tinytune.core.testing.RandomWindows;
import org.tinytune.runtimegen.StoredSample;

/** Models to export, one for each way in which an example prints what comes out, and their projects. */
final class Exports {
    private static final InputEncoding ENCODING = new InputEncoding(List.of(1f), List.of(2f), -10, 10);

    private static final Metadata PLAIN = new Metadata("model", "", List.of(), InputEncoding.IDENTITY, new TreeMap<>());

    private Exports() {}

    /** By what they are. */
    static Map<String, Graph> models() {
        Map<String, Graph> models = new TreeMap<>();
        models.put("classes", labelled(RandomGraphs.network(3)));
        models.put("unnamed classes", relu(5, PLAIN));
        models.put("one of two classes", labelled(relu(1, PLAIN)));
        models.put(
                "quantities",
                labelled(relu(
                        2,
                        new OutputEncoding(List.of(-1000f, 0.5f), List.of(8.25f, 0.001f))
                                .storedIn(TaskKind.REGRESSION.storedIn(PLAIN)))));
        models.put(
                "anomaly",
                relu(
                        6,
                        new AnomalyThreshold(0.25, 0.99)
                                .storedIn(TaskKind.ANOMALY_DETECTION.storedIn(
                                        new Metadata("model", "", List.of(), ENCODING, new TreeMap<>())))));
        Graph window = RandomWindows.model(Operators.DSP_BLOCKS.get(1), 64, 4);
        models.put("samples", labelled(window));
        int hop = ContinuousGraph.usualHop(window);
        models.put("continuous", labelled(ContinuousGraph.of(window, hop).graph()));
        models.put("sequence", RandomGraphs.single(Operators.byName("SVDF").orElseThrow(), 1));
        return models;
    }

    /** The same model with a label for each output, or for each of two classes. */
    private static Graph labelled(Graph graph) {
        int outputs = graph.output().shape().elements();
        List<String> labels = IntStream.range(0, Math.max(2, outputs))
                .mapToObj(i -> "no. " + i + " \"ü\"")
                .toList();
        Metadata old = graph.metadata();
        return graph.withMetadata(
                new Metadata("My net", "Tells & <shows> things", labels, old.encoding(), new TreeMap<>(old.extra())));
    }

    private static Graph relu(int elements, Metadata metadata) {
        GraphBuilder builder = new GraphBuilder();
        Quantization quantization = Quantization.perTensor(0.05f, -20);
        int input = builder.input("input", Shape.of(1, elements), ElementType.INT8, quantization);
        return builder.output(
                        builder.node("output", ElementType.INT8, quantization, Relu.INSTANCE, new NoParams(), input))
                .metadata(metadata)
                .build();
    }

    /** A model's project. */
    static Project project(String format, Graph graph, Optional<String> board) {
        // One more than fill the window, if there is one.
        int count = graph.hasState() ? graph.metadata().steps() + 1 : 1;
        List<List<byte[]>> steps = IntStream.rangeClosed(1, count)
                .mapToObj(seed -> RandomGraphs.inputs(graph, seed))
                .toList();
        float[] raw = new float[graph.input().shape().elements()];
        for (int i = 0; i < raw.length; i++) {
            raw[i] = i - 1.5f;
        }
        StoredSample sample = new StoredSample("noise of seed 1", steps, Optional.of(raw));
        return ProjectFormats.named(format)
                .orElseThrow()
                .make(new ExportedModel("model.tflite", graph, board.map(Boards::byId), Optional.of(sample)));
    }

    /** Writes a model's project. */
    static void write(String format, Graph graph, Optional<String> board, Path folder) {
        project(format, graph, board).files().writeTo(folder);
    }
}
