package org.tinytune.cli.model;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.QuantSpec;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.core.graph.Tensor;
import org.tinytune.data.Dataset;
import org.tinytune.data.Samples;

/** Says what the output bytes of a classifier mean. */
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
        int classes = output.shape().elements();
        named = !graph.metadata().labels().isEmpty();
        labels = named
                ? graph.metadata().labels()
                : IntStream.range(0, classes).mapToObj(Integer::toString).toList();
        if (labels.size() != classes) {
            throw new InvalidModelException("the model has " + classes + " classes, but " + labels.size() + " labels");
        }
        normalized = graph.nodes().stream()
                .filter(node -> node.outputs().contains(graph.outputs().get(0)))
                .anyMatch(Classifier::hasFixedRange);
    }

    private static <P extends Record> boolean hasFixedRange(Node<P> node) {
        return node.operator().quantSpec(node.params()).output() == QuantSpec.Output.FIXED;
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
        int best = 0;
        for (int i = 1; i < bytes.length; i++) {
            if (bytes[i] > bytes[best]) {
                best = i;
            }
        }
        return best;
    }

    /** The classes with the highest scores, best first; the softmax of the output if it is none already. */
    public List<Score> top(byte[] bytes, int count) {
        double[] probabilities = probabilities(bytes);
        return IntStream.range(0, bytes.length)
                .boxed()
                .sorted(Comparator.comparingInt(i -> -bytes[i]))
                .limit(count)
                .map(i -> new Score(labels.get(i), probabilities[i]))
                .toList();
    }

    private double[] probabilities(byte[] bytes) {
        double[] values = new double[bytes.length];
        double sum = 0;
        byte highest = bytes[best(bytes)];
        for (int i = 0; i < bytes.length; i++) {
            double value = output.quantization().dequantize(bytes[i]);
            values[i] = normalized
                    ? value
                    : StrictMath.exp(value - output.quantization().dequantize(highest));
            sum += values[i];
        }
        for (int i = 0; i < bytes.length && !normalized; i++) {
            values[i] /= sum;
        }
        return values;
    }
}
