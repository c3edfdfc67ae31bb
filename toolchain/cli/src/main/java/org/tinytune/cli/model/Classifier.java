package org.tinytune.cli.model;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.tensor.Elements;
import org.tinytune.data.Dataset;
import org.tinytune.data.Samples;
import org.tinytune.train.task.Classification;

/** Says what the output bytes of a classifier mean. A single output stands for the second of two classes. */
public final class Classifier {
    private final Tensor output;
    private final boolean named;
    private final List<String> labels;
    private final boolean normalized;

    /**
     * One class with the model's belief in it.
     *
     * @param label the class
     * @param probability in [0, 1]
     */
    public record Score(String label, double probability) {}

    /**
     * @param graph with one output; classes without labels are numbered
     * @throws InvalidModelException if its task is another one, it has several outputs, or another number of labels
     *     than of classes
     */
    public Classifier(Graph graph) {
        TaskKind task = TaskKind.of(graph.metadata());
        if (task != TaskKind.CLASSIFICATION) {
            throw new InvalidModelException("the model's task is " + task.id() + ", it tells no classes");
        }
        if (graph.outputs().size() != 1) {
            throw new InvalidModelException(
                    "the model has " + graph.outputs().size() + " outputs, a classifier has only one");
        }
        output = graph.output();
        int outputs = output.shape().elements();
        int classes = outputs == 1 ? 2 : outputs;
        named = !graph.metadata().labels().isEmpty();
        labels = named
                ? graph.metadata().labels()
                : IntStream.range(0, classes).mapToObj(Integer::toString).toList();
        if (labels.size() != classes) {
            throw new InvalidModelException("the model has " + classes + " classes, but " + labels.size() + " labels");
        }
        normalized = !Classification.areLogits(graph, graph.outputs().get(0));
    }

    /** The classes, in the order of the output's bytes. */
    public List<String> labels() {
        return labels;
    }

    /**
     * The class of each label of a data set.
     *
     * @return indices into {@link #labels}
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if there is a label that the model does not know
     */
    public int[] classesOf(Dataset dataset) {
        if (dataset.task() == TaskKind.REGRESSION) {
            throw new TinytuneException(
                    ExitCode.INVALID_INPUT,
                    "'" + dataset.card().name() + "' has numbers as targets, but the model tells classes");
        }
        List<String> others = dataset.labels();
        int[] classes = new int[others.size()];
        for (int i = 0; i < classes.length; i++) {
            classes[i] = named ? labels.indexOf(others.get(i)) : i;
            if (classes[i] < 0 || classes[i] >= labels.size()) {
                throw new TinytuneException(
                        ExitCode.INVALID_INPUT,
                        "label '" + others.get(i) + "' of '" + dataset.card().name() + "' is none of the model's: "
                                + String.join(", ", labels));
            }
        }
        return classes;
    }

    /**
     * Samples under the classes of the model.
     *
     * @param dataset that they are of
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if there is a label that the model does not know
     */
    public Samples relabel(Samples samples, Dataset dataset) {
        return new RelabelledSamples(samples, labels, classesOf(dataset));
    }

    /** The class with the highest score, the first of equals: an index into {@link #labels}. */
    public int best(byte[] bytes) {
        return labels.indexOf(top(bytes, 1).get(0).label());
    }

    /** The classes with the highest scores, best first; probabilities are made of the output if it is none already. */
    public List<Score> top(byte[] bytes, int count) {
        float[] probabilities = Classification.probabilities(reals(bytes), !normalized);
        return IntStream.range(0, probabilities.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -probabilities[i]))
                .limit(count)
                .map(i -> new Score(labels.get(i), probabilities[i]))
                .toList();
    }

    private float[] reals(byte[] bytes) {
        Elements elements = Elements.of(output.type());
        float[] reals = new float[bytes.length / elements.bytes()];
        for (int i = 0; i < reals.length; i++) {
            reals[i] = (float) output.quantization().dequantize(elements.get(bytes, 0, i));
        }
        return reals;
    }
}
