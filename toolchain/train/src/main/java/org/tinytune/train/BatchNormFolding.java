package org.tinytune.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.QuantSpec;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.Clamp;
import org.tinytune.core.op.Fusing;
import org.tinytune.core.op.batchnorm.BatchNorm;
import org.tinytune.core.op.batchnorm.BatchNormParams;
import org.tinytune.core.op.dropout.Dropout;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;

/**
 * Takes everything out of a float graph that is there for training only: batch norm goes, with its running statistics,
 * into the weights in front of it, activations are fused, dropout vanishes. The graph computes what it did in
 * evaluation, up to rounding.
 *
 * <p>Source: Jacob et al., Quantization and training of neural networks for efficient integer-arithmetic-only
 * inference, CVPR 2018, section 3.2. Checked by: BatchNormFoldingTest.
 */
public final class BatchNormFolding {
    private final Graph graph;
    private final int[] consumers;
    private final GraphBuilder folded = new GraphBuilder();
    /** Tensors of the folded graph by those of the original. */
    private final Map<Integer, Integer> names = new HashMap<>();

    private BatchNormFolding(Graph graph) {
        this.graph = graph;
        this.consumers = new int[graph.tensors().size()];
        graph.nodes()
                .forEach(node ->
                        node.inputs().stream().filter(t -> t != Node.ABSENT).forEach(t -> consumers[t]++));
        graph.outputs().forEach(t -> consumers[t]++);
    }

    /**
     * The graph as it is evaluated.
     *
     * @throws InvalidModelException if a batch norm has no weighted operator in front of it
     */
    public static Graph fold(Graph graph) {
        return new BatchNormFolding(graph).fold();
    }

    private Graph fold() {
        for (int t : graph.inputs()) {
            Tensor input = graph.tensor(t);
            names.put(t, folded.input(input.name(), input.shape(), input.type(), input.quantization()));
        }
        for (int n = 0; n < graph.nodes().size(); ) {
            n += emit(n, graph.nodes().get(n));
        }
        graph.outputs().forEach(t -> folded.output(names.get(t)));
        return folded.metadata(graph.metadata()).build();
    }

    /** Emits a node with those that it absorbs; answers how many nodes that were. */
    private <P extends Record> int emit(int n, Node<P> node) {
        if (node.operator() instanceof Dropout) {
            names.put(node.output(), names.get(node.inputs().get(0)));
            return 1;
        }
        if (node.operator() instanceof BatchNorm) {
            throw new InvalidModelException(
                    "batch norm '" + graph.tensor(node.output()).name()
                            + "' does not follow an operator with weights that nobody else reads");
        }
        int absorbed = 1;
        int output = node.output();
        Optional<QuantSpec.Weights> weights =
                node.operator().quantSpec(node.params()).weights();
        Optional<Node<?>> norm = weights.isPresent() ? follower(n, output) : Optional.empty();
        boolean hasNorm =
                norm.filter(next -> next.operator() instanceof BatchNorm).isPresent();
        P params = node.params();
        if (hasNorm) {
            output = norm.get().output();
            absorbed++;
            params = withActivationOf(node, (BatchNormParams) norm.get().params());
        }
        if (node.operator() instanceof Fusing<P> fusing && fusing.activation(params) == Activation.NONE) {
            Optional<Node<?>> next = follower(n + absorbed - 1, output);
            if (next.isPresent() && next.get().operator() instanceof Clamp clamp) {
                params = fusing.withActivation(params, clamp.activation());
                output = next.get().output();
                absorbed++;
            }
        }
        int[] operands = hasNorm ? foldedOperands(node, weights.get(), norm.get()) : operands(node);
        Tensor result = graph.tensor(output);
        names.put(
                output,
                folded.node(result.name(), result.type(), result.quantization(), node.operator(), params, operands));
        return absorbed;
    }

    /** Weighted operators all can clamp their output, as batch norm does. */
    private static <P extends Record> P withActivationOf(Node<P> node, BatchNormParams norm) {
        if (norm.activation() == Activation.NONE) {
            return node.params();
        }
        if (!(node.operator() instanceof Fusing<P> fusing) || fusing.activation(node.params()) != Activation.NONE) {
            throw new InvalidModelException(
                    node.operator().name() + " in front of a batch norm cannot take over its activation");
        }
        return fusing.withActivation(node.params(), norm.activation());
    }

    /** The node behind node {@code n}, if it alone reads the tensor, as its first operand. */
    private Optional<Node<?>> follower(int n, int tensor) {
        if (consumers[tensor] != 1 || n + 1 >= graph.nodes().size()) {
            return Optional.empty();
        }
        Node<?> next = graph.nodes().get(n + 1);
        return next.inputs().get(0) == tensor ? Optional.of(next) : Optional.empty();
    }

    private int[] operands(Node<?> node) {
        return node.inputs().stream().mapToInt(this::operand).toArray();
    }

    private int operand(int tensor) {
        if (tensor == Node.ABSENT) {
            return Node.ABSENT;
        }
        return names.computeIfAbsent(tensor, t -> folded.tensor(graph.tensor(t)));
    }

    private int[] foldedOperands(Node<?> node, QuantSpec.Weights spec, Node<?> norm) {
        Tensor weights = graph.tensor(node.inputs().get(spec.input()));
        int axis = Math.max(0, spec.axis());
        int channels = weights.shape().dim(axis);
        double[] factor = new double[channels];
        float[] bias = new float[channels];
        float[] gamma = constant(norm, 1);
        float[] beta = constant(norm, 2);
        float[] mean = constant(norm, 3);
        float[] variance = constant(norm, 4);
        float[] before = bias(node, spec.biasInput(), channels);
        double epsilon = ((BatchNormParams) norm.params()).epsilon();
        for (int c = 0; c < channels; c++) {
            factor[c] = gamma[c] / StrictMath.sqrt(variance[c] + epsilon);
            bias[c] = (float) ((before[c] - mean[c]) * factor[c] + beta[c]);
        }
        List<Integer> operands = new ArrayList<>();
        operands.add(operand(node.inputs().get(0)));
        operands.add(folded.tensor(Tensor.constant(
                weights.name(), weights.shape(), Quantization.NONE, TensorData.of(scaled(weights, axis, factor)))));
        String name = graph.tensor(node.output()).name() + "/folded_bias";
        operands.add(folded.constant(name, Shape.of(channels), Quantization.NONE, TensorData.of(bias)));
        return operands.stream().mapToInt(Integer::intValue).toArray();
    }

    private float[] constant(Node<?> node, int operand) {
        return graph.tensor(node.inputs().get(operand)).float32Data();
    }

    private float[] bias(Node<?> node, int operand, int channels) {
        boolean absent = operand >= node.inputs().size() || node.inputs().get(operand) == Node.ABSENT;
        return absent ? new float[channels] : constant(node, operand);
    }

    private static float[] scaled(Tensor weights, int axis, double[] factor) {
        int inner = Arrays.stream(weights.shape().dims()).skip(axis + 1L).reduce(1, (a, b) -> a * b);
        float[] values = weights.float32Data().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (values[i] * factor[i / inner % factor.length]);
        }
        return values;
    }
}
