package org.tinytune.train.quantize;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.QuantSpec;
import org.tinytune.core.graph.QuantSpec.Weights;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.Fusing;
import org.tinytune.core.op.TrainingOnly;
import org.tinytune.core.op.TrainingOnly.ChannelAffine;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;

/**
 * Rids a trained network of what only training needs: dropout goes, batch norm with its frozen averages becomes part of
 * the weights and bias in front of it.
 */
public final class Folding {
    private Folding() {}

    /**
     * A network that computes the same, up to rounding, without {@link TrainingOnly} operators, with clamps fused, and
     * ready to be quantized: {@link Rescaling}.
     *
     * @throws InvalidModelException if batch norm does not follow an operator with weights that nobody else reads
     */
    public static Graph fold(Graph graph) {
        Graph folded = ClampFusion.fuse(graph);
        for (int n = 0; n < folded.nodes().size(); n++) {
            Node<?> node = folded.nodes().get(n);
            if (node.operator() instanceof TrainingOnly) {
                folded = fold(folded, n, node);
                // The node is gone, or stands for two now.
                n--;
            }
        }
        return Rescaling.insert(ClampFusion.fuse(folded));
    }

    private static <P extends Record> Graph fold(Graph graph, int n, Node<P> node) {
        TrainingOnly<P> operator = (TrainingOnly<P>) node.operator();
        Optional<ChannelAffine> affine = operator.frozen(node.params(), graph.operands(node));
        if (affine.isEmpty()) {
            return GraphEdits.removeNode(graph, n, node.inputs().get(0));
        }
        int producer = GraphEdits.producer(graph, node.inputs().get(0));
        if (producer < 0 || GraphEdits.uses(graph, node.inputs().get(0)) != 1) {
            throw cannotFold(graph, node);
        }
        Activation activation = activation(node);
        return fold(graph, producer, graph.nodes().get(producer), n, affine.get(), activation);
    }

    private static <P extends Record> Graph fold(
            Graph graph, int first, Node<P> weighted, int second, ChannelAffine affine, Activation activation) {
        Node<?> folded = graph.nodes().get(second);
        QuantSpec quantSpec = weighted.operator().quantSpec(weighted.params());
        Optional<Weights> spec = quantSpec.weights();
        if (spec.isEmpty() || quantSpec.state().isPresent() || activation(weighted) != Activation.NONE) {
            throw cannotFold(graph, folded);
        }
        List<Tensor> tensors = new ArrayList<>(graph.tensors());
        Tensor weights = graph.tensor(weighted.inputs().get(spec.get().input()));
        int axis = Math.max(0, spec.get().axis());
        List<Integer> inputs = new ArrayList<>(weighted.inputs());
        while (inputs.size() <= spec.get().biasInput()) {
            inputs.add(Node.ABSENT);
        }
        int bias = inputs.get(spec.get().biasInput());
        inputs.set(spec.get().input(), tensors.size());
        tensors.add(named(tensors, weights.name() + "/folded", weights.shape(), scaled(weights, axis, affine.scale())));
        inputs.set(spec.get().biasInput(), tensors.size());
        tensors.add(bias(graph, tensors, bias, weights, affine));
        Node<P> merged = new Node<>(weighted.operator(), weighted.params(), inputs, weighted.outputs());
        return GraphEdits.merge(
                graph, tensors, first, second, ClampFusion.clamped(merged, activation, folded.outputs()));
    }

    private static float[] scaled(Tensor weights, int axis, double[] scale) {
        float[] values = weights.float32Data().clone();
        int inner = 1;
        for (int i = axis + 1; i < weights.shape().rank(); i++) {
            inner *= weights.shape().dim(i);
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (values[i] * scale[i / inner % scale.length]);
        }
        return values;
    }

    /** A new constant; nodes that shared one before each get their own, under other names. */
    private static Tensor named(List<Tensor> tensors, String name, Shape shape, float[] values) {
        return Tensor.constant(UniqueNames.unused(tensors, name), shape, Quantization.NONE, TensorData.of(values));
    }

    private static Tensor bias(Graph graph, List<Tensor> tensors, int bias, Tensor weights, ChannelAffine affine) {
        float[] values = new float[affine.scale().length];
        for (int c = 0; c < values.length; c++) {
            float before = bias == Node.ABSENT ? 0 : graph.tensor(bias).float32Data()[c];
            values[c] = (float) (before * affine.scale()[c] + affine.shift()[c]);
        }
        String name = bias == Node.ABSENT
                ? weights.name() + "/bias"
                : graph.tensor(bias).name() + "/folded";
        return named(tensors, name, Shape.of(values.length), values);
    }

    private static <P extends Record> Activation activation(Node<P> node) {
        return node.operator() instanceof Fusing<P> fusing ? fusing.activation(node.params()) : Activation.NONE;
    }

    private static InvalidModelException cannotFold(Graph graph, Node<?> node) {
        return new InvalidModelException("'" + graph.tensor(node.output()).name() + "' ("
                + node.operator().name()
                + ") must follow a convolution or fully connected layer without activation that nothing else reads");
    }
}
