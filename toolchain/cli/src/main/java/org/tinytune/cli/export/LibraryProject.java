package org.tinytune.cli.export;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.tinytune.cli.model.TargetPlan;
import org.tinytune.cli.output.Quantities;
import org.tinytune.core.board.Board;
import org.tinytune.core.decision.ClassScores;
import org.tinytune.core.graph.AnomalyThreshold;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.FrontEnd;
import org.tinytune.core.op.slide.ContinuousGraph;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.runtimegen.CLibrary;
import org.tinytune.runtimegen.SampleSource;
import org.tinytune.runtimegen.StoredSample;

/** What projects around one C library have in common: the library, the stored sample, the example, the README. */
final class LibraryProject {
    private final ExportedModel model;
    private final Graph graph;
    private final TargetPlan plan;
    private final CLibrary library;
    private final StoredSample sample;
    private final Map<String, String> values = new HashMap<>();
    private final Set<String> conditions = new HashSet<>();

    LibraryProject(ExportedModel model, TargetPlan plan, ProjectFormat format) {
        this.model = model;
        this.graph = model.graph();
        this.plan = plan;
        this.library = plan.library(graph.metadata().name());
        this.sample = model.sample().orElseThrow();
        describe(format);
        describeOutput();
    }

    private void describe(ProjectFormat format) {
        value("model", prefix());
        value("MODEL", prefix().toUpperCase(Locale.ROOT));
        value("printf", "printf");
        value("arithmetic", arithmetic());
        value("kind", format.title());
        value("title", oneLine(graph.metadata().name()));
        value("target", model.board().map(Board::name).orElse(plan.target().title()));
        value("arena", Quantities.bytes(plan.plan().arenaBytes()));
        value("weights", Quantities.bytes(plan.weightBytes()));
        value("constants", Quantities.bytes(library.constantBytes()));
        value("macs", Quantities.count(plan.int8().macs()));
        value("input_type", type(graph.input()));
        value("output_type", type(graph.output()));
        value("tensors", tensors());
        value("sample", oneLine(sample.title()));
        int channels = graph.metadata().encoding().mean().size();
        value("channel", channels == 1 ? "0" : "i % " + graph.input().shape().dim(-1));
        value("meaning", OutputMeaning.text(graph, prefix()));
        condition("steps", graph.hasState());
        condition(
                "one_call", ClassScores.of(graph).isPresent() && graph.inputs().size() == 1);
        condition("continuous", ContinuousGraph.isContinuous(graph));
        condition("samples", FrontEnd.takesSamples(graph) && !calls().contains("quantize_input"));
        condition("frame_register", plan.target().takesFrameRegister());
    }

    /** Sets the one condition that says which way the example tells what the network has put out. */
    private void describeOutput() {
        String way = way();
        condition(way, true);
        condition("reals", way.equals("quantities") || way.equals("anomaly"));
        condition("labels", graph.metadata().labels().size() == nameable());
        condition("threshold", AnomalyThreshold.of(graph.metadata()).isPresent());
    }

    private String way() {
        if (graph.outputs().size() > 1) {
            return "values";
        }
        return switch (TaskKind.of(graph.metadata())) {
            case CLASSIFICATION -> ClassScores.of(graph).isPresent() ? "classes" : "values";
            case REGRESSION -> "quantities";
            case ANOMALY_DETECTION -> SampleSource.hasReadings(graph, sample) ? "anomaly" : "values";
        };
    }

    /** How many labels name all that an output tells. */
    private int nameable() {
        boolean single = TaskKind.of(graph.metadata()) == TaskKind.CLASSIFICATION && outputElements() == 1;
        return single ? 2 : outputElements();
    }

    private int outputElements() {
        return graph.tensor(graph.outputs().get(0)).shape().elements();
    }

    private String tensors() {
        StringBuilder rows = new StringBuilder();
        row(rows, "input", graph.inputs());
        rows.append('\n');
        row(rows, "output", graph.outputs());
        return rows.toString();
    }

    private void row(StringBuilder rows, String name, List<Integer> tensors) {
        for (int i = 0; i < tensors.size(); i++) {
            String number = i == 0 ? "" : "_" + i;
            rows.append(i == 0 ? "" : "\n").append("| ").append(name).append(number);
            Tensor tensor = graph.tensor(tensors.get(i));
            rows.append(" | ")
                    .append(tensor.type())
                    .append(' ')
                    .append(tensor.shape())
                    .append(" |");
        }
    }

    /** Text of a model file or of a user, in one line. */
    static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ").strip();
    }

    /** Has a name stand for a value in all templates from now on. */
    void value(String name, String value) {
        values.put(name, value);
    }

    /** What the network computes in, in a word. */
    String arithmetic() {
        return FrontEnd.networkIsInt16(graph) ? "INT16" : "INT8";
    }

    private static String type(Tensor tensor) {
        return tensor.type() == ElementType.INT16 ? "int16_t" : "int8_t";
    }

    /** Has a condition hold or not in all templates from now on. */
    void condition(String name, boolean holds) {
        if (holds) {
            conditions.add(name);
        } else {
            conditions.remove(name);
        }
    }

    ExportedModel model() {
        return model;
    }

    /** The helpers that the header has for this model, without the prefix. */
    List<String> calls() {
        return Stream.of("quantize_input", "classify", "classify_next", "trigger_update", "reset")
                .filter(name -> library.files().get(prefix() + ".h").contains(" " + prefix() + "_" + name + "("))
                .toList();
    }

    /** Of all that the library has in flash beside code. */
    long constantBytes() {
        return library.constantBytes();
    }

    TargetPlan plan() {
        return plan;
    }

    String prefix() {
        return library.prefix();
    }

    /** A resource, filled in. */
    String text(String resource) {
        return new Template(values, conditions).resource(resource);
    }

    /** Adds a resource, filled in. */
    void add(ProjectFiles files, String path, String resource) {
        files.add(path, text(resource));
    }

    /** Adds the README, with the format's own chapter in it, and the labels. */
    void addReadme(ProjectFiles files, String chapter) {
        value("build", text(chapter).strip());
        add(files, "README.md", "readme.md");
        Labels.addTo(files, graph);
    }

    /** Adds the library: its header in one folder, all else in another. A folder's name ends with a slash. */
    void addLibrary(ProjectFiles files, String headerFolder, String folder) {
        library.files()
                .forEach(
                        (name, text) -> files.add((name.equals(prefix() + ".h") ? headerFolder : folder) + name, text));
    }

    /** Adds the stored sample. */
    void addSample(ProjectFiles files, String folder) {
        SortedMap<String, String> sources = new TreeMap<>(SampleSource.files(library, plan.int8(), sample));
        sources.forEach((name, text) -> files.add(folder + name, text));
    }

    /** Adds an example in C, and its sample. */
    void addExample(ProjectFiles files, String folder) {
        add(files, folder + "main.c", "example/main.c");
        addSample(files, folder);
    }
}
