package org.tinytune.cli.export;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tinytune.core.file.TemporaryFolder;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.op.FrontEnd;
import org.tinytune.core.sim.Simulator;
import org.tinytune.runtimegen.StoredSample;
import org.tinytune.tflite.ModelFiles;

/** The .tflite file, with a stored sample and a program in Python that runs it. */
final class TfliteFormat implements ProjectFormat {
    @Override
    public String id() {
        return "tflite";
    }

    @Override
    public String title() {
        return "a file for TFLite interpreters";
    }

    @Override
    public boolean needsInt8() {
        return false;
    }

    @Override
    public Project make(ExportedModel model) {
        Graph graph = model.graph();
        String name = model.fileName().endsWith(".tflite") ? model.fileName() : model.fileName() + ".tflite";
        ProjectFiles files = new ProjectFiles();
        files.add(name, bytes(graph));
        Labels.addTo(files, graph);
        Optional<StoredSample> sample =
                model.sample().filter(s -> graph.inputs().size() == 1);
        Optional<FrontEnd> frontEnd = FrontEnd.of(graph);
        Map<String, String> values = Map.of(
                "title", LibraryProject.oneLine(graph.metadata().name()),
                "file", name,
                "sample", sample.map(s -> LibraryProject.oneLine(s.title())).orElse(""),
                "blocks", frontEnd.map(TfliteFormat::names).orElse(""));
        Set<String> conditions = new HashSet<>();
        if (sample.isPresent()) {
            conditions.add("example");
        }
        if (frontEnd.isPresent()) {
            conditions.add("features");
        }
        Template template = new Template(values, conditions);
        sample.ifPresent(stored -> {
            files.add("sample.bin", frontEnd.isPresent() ? features(graph, stored) : inputs(stored));
            files.add("example.py", template.resource("tflite/example.py"));
        });
        files.add("README.md", template.resource("tflite/readme.md"));
        return new Project(files, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static String names(FrontEnd frontEnd) {
        return frontEnd.stages().stream().map(stage -> stage.block().name()).collect(Collectors.joining(", "));
    }

    /** What the blocks before the network make of the sample: the input of the file. */
    private static byte[] features(Graph graph, StoredSample sample) {
        String features = FrontEnd.network(graph).input().name();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Simulator simulator = Simulator.of(graph);
        for (List<byte[]> step : sample.steps()) {
            simulator.run(step, (node, tensor, bytes) -> {
                if (graph.tensor(tensor).name().equals(features)) {
                    all.writeBytes(bytes);
                }
            });
        }
        return all.toByteArray();
    }

    private static byte[] inputs(StoredSample sample) {
        int bytes = sample.steps().get(0).get(0).length;
        byte[] all = new byte[sample.steps().size() * bytes];
        for (int i = 0; i < sample.steps().size(); i++) {
            System.arraycopy(sample.steps().get(i).get(0), 0, all, i * bytes, bytes);
        }
        return all;
    }

    private static byte[] bytes(Graph graph) {
        try (TemporaryFolder folder = TemporaryFolder.create("export")) {
            ModelFiles.save(graph, folder.path().resolve("model.tflite"));
            return Files.readAllBytes(folder.path().resolve("model.tflite"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
