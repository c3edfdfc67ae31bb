package org.tinytune.cli.model;

import java.util.List;
import java.util.stream.IntStream;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.OutputEncoding;
import org.tinytune.core.graph.Tensor;

/** Says what the output bytes of a regression mean, in the units of its targets. Checked by: ReadingsTest. */
public final class Estimator {
    private final Tensor output;
    private final OutputEncoding encoding;
    private final List<String> names;

    /**
     * A target and its value.
     *
     * @param name of the target's column; its number if the model does not say
     * @param value in the target's unit
     */
    public record Quantity(String name, double value) {}

    /**
     * @param graph an INT8 regression with one output
     * @throws InvalidModelException if it has several outputs, or another number of names than of targets
     */
    public Estimator(Graph graph) {
        if (graph.outputs().size() != 1) {
            throw new InvalidModelException(
                    "the model has " + graph.outputs().size() + " outputs, a regression has only one");
        }
        this.output = graph.output();
        int targets = output.shape().elements();
        this.encoding = OutputEncoding.of(graph.metadata(), targets);
        List<String> stated = graph.metadata().labels();
        this.names = stated.isEmpty()
                ? IntStream.range(0, targets).mapToObj(Integer::toString).toList()
                : stated;
        if (names.size() != targets) {
            throw new InvalidModelException("the model has " + targets + " targets, but " + names.size() + " names");
        }
    }

    /** The targets, in the order of the output's bytes. */
    public List<String> names() {
        return names;
    }

    /** What the bytes of an output say, computed in float as {@code model.h} does. */
    public List<Quantity> quantities(byte[] bytes) {
        float[] reals = Reals.of(output, bytes);
        return IntStream.range(0, reals.length)
                .mapToObj(i -> new Quantity(names.get(i), encoding.decode(reals[i], i)))
                .toList();
    }
}
