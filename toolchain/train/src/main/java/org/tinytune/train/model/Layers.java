package org.tinytune.train.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.core.tensor.Shape;
import org.tinytune.train.Trainer;
import org.tinytune.train.layer.ClassProbabilities;
import org.tinytune.train.layer.InputCount;
import org.tinytune.train.layer.LayerType;
import org.tinytune.train.layer.LayerTypes;
import org.tinytune.train.layer.NetworkDraft;
import org.tinytune.train.loss.Loss;
import org.tinytune.train.settings.TomlTable;

/** Puts the layers of a file together. */
final class Layers {
    /** What layers call the samples. */
    private static final String INPUT = "input";

    private static final long ANY_SEED = 0;

    private final TomlTable file;
    private final NetworkDraft draft;
    private final TaskKind task;
    private final Loss loss;
    private final Map<String, Integer> tensors = new HashMap<>();
    private final Set<Integer> read = new HashSet<>();
    private int last;

    Layers(TomlTable file, Shape sample, Metadata metadata, Loss loss) {
        this.file = file;
        this.task = TaskKind.of(metadata);
        this.loss = loss;
        this.draft = new NetworkDraft(batchOfOne(sample), metadata);
        this.last = draft.input();
        tensors.put(INPUT, last);
    }

    private static Shape batchOfOne(Shape sample) {
        int[] dims = new int[sample.rank() + 1];
        dims[0] = 1;
        System.arraycopy(sample.dims(), 0, dims, 1, sample.rank());
        return Shape.of(dims);
    }

    /** The whole graph. */
    Graph build() {
        List<TomlTable> layers = file.tables("layer");
        List<TomlTable> places = new ArrayList<>();
        List<Integer> outputs = new ArrayList<>();
        for (TomlTable layer : layers) {
            places.add(add(layer, places.size() + 1));
            outputs.add(last);
        }
        for (int i = 0; i + 1 < outputs.size(); i++) {
            if (!read.contains(outputs.get(i))) {
                throw places.get(i).error("nothing reads it: remove it, or name it in the inputs of a later layer");
            }
        }
        return finish();
    }

    private TomlTable add(TomlTable layer, int number) {
        String type = layer.text("type", "dense");
        Optional<String> given = layer.has("name") ? Optional.of(layer.text("name", "a")) : Optional.empty();
        TomlTable settings =
                layer.at(layer.place() + given.map(name -> " '" + name + "'").orElse("") + " (" + type + ")");
        LayerType layerType = settings.checked(() -> LayerTypes.ALL.get(type));
        String name = name(settings, given, number);
        List<Integer> inputs = inputs(settings, layerType.inputs());
        draft.begin(name);
        last = settings.checked(() -> layerType.add(settings, draft, inputs));
        settings.requireNothingElse();
        tensors.put(name, last);
        return settings;
    }

    private String name(TomlTable layer, Optional<String> given, int number) {
        String name = given.orElse("layer_" + number);
        if (!name.matches("[A-Za-z][A-Za-z0-9_-]*")) {
            throw layer.error("name = \"" + name + "\": give letters, digits, underscores and hyphens, a letter first");
        }
        if (tensors.containsKey(name)) {
            throw layer.error("the name '" + name + "' is taken by "
                    + (name.equals(INPUT) ? "the samples" : "a layer before it") + ": give another");
        }
        return name;
    }

    /** The tensors that a layer reads: those that it names, otherwise that of the layer before it. */
    private List<Integer> inputs(TomlTable layer, InputCount count) {
        boolean one = layer.has("input");
        boolean several = layer.has("inputs");
        if (one && several) {
            throw layer.error("has both input and inputs: give one of them");
        }
        List<Integer> inputs = new ArrayList<>();
        if (one || several) {
            for (String name : one ? List.of(layer.text("input", INPUT)) : layer.texts("inputs")) {
                inputs.add(find(layer, name));
            }
        } else if (count.equals(InputCount.ONE)) {
            inputs.add(last);
        }
        if (!count.includes(inputs.size())) {
            throw layer.error(count.refusal(inputs.size()));
        }
        read.addAll(inputs);
        return inputs;
    }

    private int find(TomlTable layer, String name) {
        Integer tensor = tensors.get(name);
        if (tensor == null) {
            throw layer.error("there is no layer '" + name + "' before it: give the name of an earlier layer, or '"
                    + INPUT + "' for the samples");
        }
        return tensor;
    }

    private Graph finish() {
        if (task == TaskKind.CLASSIFICATION) {
            last = file.checked(() -> ClassProbabilities.end(draft, last, loss));
        } else {
            requireOutputs();
        }
        Graph graph = file.checked(() -> draft.build(last));
        if (graph.nodes().stream().noneMatch(Layers::hasWeights)) {
            throw file.error("no layer has weights: there is nothing to train (add a layer of type dense)");
        }
        // Better now than after hours: what cannot become INT8 is refused.
        file.checked(() -> Trainer.skeleton(graph, ANY_SEED));
        return graph;
    }

    /** A network that tells no classes ends in what the data ask for, whose values do not add up to 1. */
    private void requireOutputs() {
        Shape shape = draft.shape(last);
        boolean row = shape.rank() == 2 && shape.dim(1) == draft.outputs();
        boolean likeSamples = task == TaskKind.ANOMALY_DETECTION && shape.equals(draft.shape(draft.input()));
        if (!row && !likeSamples) {
            throw file.error("the network ends in " + shape + ", but " + wanted()
                    + ": end it with a layer of type dense without units");
        }
        if (draft.probabilities(last).filter(made -> !made.areIndependent()).isPresent()) {
            throw file.error("the network ends in softmax, but " + wanted() + ": leave it out");
        }
    }

    private String wanted() {
        int outputs = draft.outputs();
        if (task == TaskKind.REGRESSION) {
            return "there " + (outputs == 1 ? "is 1 target" : "are " + outputs + " targets");
        }
        return "it has to reconstruct its input, " + draft.shape(draft.input()) + ", or its " + outputs
                + " values in a row";
    }

    private static <P extends Record> boolean hasWeights(Node<P> node) {
        return node.operator().quantSpec(node.params()).weights().isPresent();
    }
}
