package org.tinytune.train.layer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.graph.QuantSpec;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.Fusing;
import org.tinytune.core.op.Probabilities;
import org.tinytune.core.op.Shapes;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;

/**
 * A float graph in the making, its weights still 0. Layers add their nodes; whatever they add can become INT8.
 *
 * <p>Checked by: ModelFileTest.
 */
public final class NetworkDraft {
    /** Far beyond what any microcontroller holds: whoever exceeds it has mistyped a size. */
    private static final int MAX_ELEMENTS = 1 << 24;

    private static final int IMAGE_RANK = 4;

    private final GraphBuilder graph = new GraphBuilder();
    private final Map<Integer, Node<?>> producers = new HashMap<>();
    private final Map<Integer, String> folded = new HashMap<>();
    private final Map<Integer, Integer> uses = new HashMap<>();
    private final Metadata metadata;
    private final int input;
    private String layer = "";

    /**
     * @param shape of a sample with a batch of 1, {@code [1, H, W, C]} or {@code [1, C]}
     * @param metadata the task, labels, one a class or target, and input encoding
     */
    public NetworkDraft(Shape shape, Metadata metadata) {
        this.metadata = metadata;
        this.input = graph.input("input", shape, ElementType.FLOAT32, Quantization.NONE);
    }

    /** The tensor of the samples. */
    public int input() {
        return input;
    }

    /** Number of classes. */
    public int classes() {
        return metadata.labels().size();
    }

    /** How many values the network has to end in: one a class or target, or as many as its input has. */
    public int outputs() {
        return TaskKind.of(metadata) == TaskKind.ANOMALY_DETECTION
                ? shape(input).elements()
                : metadata.labels().size();
    }

    /** Everything that is added from now on belongs to a layer of that name. */
    public void begin(String name) {
        layer = name;
    }

    /**
     * The shape of a tensor that has to be an image, {@code [1, H, W, C]}.
     *
     * @throws InvalidModelException if it is none
     */
    public Shape image(int tensor) {
        if (shape(tensor).rank() != IMAGE_RANK) {
            throw new InvalidModelException("takes an image of height, width and channels, but is given "
                    + shape(tensor) + ": put a layer of type reshape in front, with shape = [height, width, channels]");
        }
        return shape(tensor);
    }

    /**
     * The number of values of a tensor that has to be a row, {@code [1, C]}.
     *
     * @throws InvalidModelException if it is none
     */
    public int row(int tensor) {
        if (shape(tensor).rank() != 2) {
            throw new InvalidModelException("takes a row of values, but is given " + shape(tensor)
                    + ": put a layer of type flatten or global_mean in front");
        }
        return shape(tensor).dim(1);
    }

    /** The shape of a tensor. */
    public Shape shape(int tensor) {
        return graph.tensor(tensor).shape();
    }

    /** A constant of zeros, which is trained or folded away. */
    public int zeros(String name, int... dims) {
        return filled(name, 0, dims);
    }

    /** A constant of one value, which is trained or folded away. */
    public int filled(String name, float value, int... dims) {
        Shape shape = Shapes.of(dims);
        float[] values = new float[elements(shape)];
        Arrays.fill(values, value);
        return graph.constant(layer + "/" + name, shape, Quantization.NONE, TensorData.of(values));
    }

    private static int elements(Shape shape) {
        if (shape.elements() > MAX_ELEMENTS) {
            throw new InvalidModelException("has " + shape.elements() + " weights: give a smaller size, of at most "
                    + MAX_ELEMENTS + " weights");
        }
        return shape.elements();
    }

    /** What is kept from one step of a sequence to the next: that many values of each of so many steps. */
    public int state(String name, int values, int steps) {
        Shape shape = Shapes.of(1, elements(Shapes.of(values, steps)));
        return graph.tensor(Tensor.state(layer + "/" + name, shape, ElementType.FLOAT32, Quantization.NONE));
    }

    /**
     * Adds a node.
     *
     * @param part what it is within the layer
     * @param operands tensors
     * @return its output
     * @throws InvalidModelException if the operands do not fit, or one is for a batch norm alone
     */
    public <P extends Record> int node(String part, Operator<P> operator, P params, int... operands) {
        for (int operand : operands) {
            if (folded.containsKey(operand)) {
                throw new InvalidModelException("reads what " + folded.get(operand) + " becomes a part of, so that"
                        + " nothing else can read it: take the output of the batch norm");
            }
            uses.merge(operand, 1, Integer::sum);
        }
        int output = graph.node(layer + "/" + part, ElementType.FLOAT32, Quantization.NONE, operator, params, operands);
        List<Integer> inputs = new ArrayList<>();
        Arrays.stream(operands).forEach(inputs::add);
        producers.put(output, new Node<>(operator, params, inputs, List.of(output)));
        return output;
    }

    /**
     * Adds a node that is to become part of the weights in front of it.
     *
     * @throws InvalidModelException if there are none, or something else reads what they give
     */
    public <P extends Record> int foldedNode(String part, Operator<P> operator, P params, int... operands) {
        Node<?> producer = producers.get(operands[0]);
        if (producer == null || !hasWeightsAndNoClamp(producer) || uses.getOrDefault(operands[0], 0) > 0) {
            throw new InvalidModelException("a batch norm becomes part of the weights in front of it: it must follow a"
                    + " convolution or dense layer without activation that nothing else reads");
        }
        int output = node(part, operator, params, operands);
        folded.put(operands[0], "the batch norm of '" + layer + "'");
        return output;
    }

    private static <P extends Record> boolean hasWeightsAndNoClamp(Node<P> node) {
        QuantSpec spec = node.operator().quantSpec(node.params());
        boolean weights = spec.weights().isPresent() && spec.state().isEmpty();
        boolean clamp =
                node.operator() instanceof Fusing<P> fusing && fusing.activation(node.params()) != Activation.NONE;
        return weights && !clamp;
    }

    /** What makes the probabilities that a tensor holds; empty if it holds none. */
    public Optional<Probabilities<?>> probabilities(int tensor) {
        Node<?> producer = producers.get(tensor);
        return producer != null && producer.operator() instanceof Probabilities<?> maker
                ? Optional.of(maker)
                : Optional.empty();
    }

    /** The graph, which ends with that tensor. */
    public Graph build(int output) {
        return graph.output(output).metadata(metadata).build();
    }
}
