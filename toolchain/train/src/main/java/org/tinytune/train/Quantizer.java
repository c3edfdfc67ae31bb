package org.tinytune.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.QuantSpec;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.training.QuantizedWeights;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;

/** Turns float graphs into INT8 ones, in two steps with quantization-aware training between them. */
public final class Quantizer {
    private Quantizer() {}

    /**
     * A graph to be trained quantization-aware: its activations are int8, its weights and biases still float. Operators
     * with weights and no bias get one of zeros, which every TFLite interpreter takes.
     *
     * @param graph float, folded
     */
    public static Graph toTrainable(Graph graph, Calibration calibration) {
        List<Tensor> tensors = new ArrayList<>();
        for (int t = 0; t < graph.tensors().size(); t++) {
            Tensor tensor = graph.tensor(t);
            Quantization quantization = calibration.of(t);
            tensors.add(
                    quantization == null
                            ? tensor
                            : Tensor.activation(tensor.name(), tensor.shape(), ElementType.INT8, quantization));
        }
        List<Node<?>> nodes = new ArrayList<>();
        for (Node<?> node : graph.nodes()) {
            nodes.add(withBias(node, tensors));
        }
        return new Graph(tensors, nodes, graph.inputs(), graph.outputs(), graph.metadata());
    }

    private static <P extends Record> Node<P> withBias(Node<P> node, List<Tensor> tensors) {
        Optional<QuantSpec.Weights> weights = weights(node);
        if (weights.isEmpty() || hasInput(node, weights.get().biasInput())) {
            return node;
        }
        int channels = tensors.get(node.output()).shape().dim(-1);
        tensors.add(Tensor.constant(
                tensors.get(node.output()).name() + "/bias",
                Shape.of(channels),
                Quantization.NONE,
                TensorData.of(new float[channels])));
        List<Integer> inputs =
                new ArrayList<>(node.inputs().subList(0, weights.get().biasInput()));
        inputs.add(tensors.size() - 1);
        return new Node<>(node.operator(), node.params(), inputs, node.outputs());
    }

    /**
     * The INT8 graph: weights and biases as the last training step would have quantized them.
     *
     * @param graph made by {@link #toTrainable}
     */
    public static Graph toInt8(Graph graph) {
        Map<Integer, Tensor> quantized = new HashMap<>();
        for (Node<?> node : graph.nodes()) {
            weights(node).ifPresent(spec -> quantize(graph, node, spec, quantized));
        }
        List<Tensor> tensors = new ArrayList<>(graph.tensors());
        quantized.forEach(tensors::set);
        return new Graph(tensors, graph.nodes(), graph.inputs(), graph.outputs(), graph.metadata());
    }

    private static void quantize(Graph graph, Node<?> node, QuantSpec.Weights spec, Map<Integer, Tensor> quantized) {
        int w = node.inputs().get(spec.input());
        int b = node.inputs().get(spec.biasInput());
        Tensor weights = graph.tensor(w);
        Tensor bias = graph.tensor(b);
        float inputScale = graph.tensor(node.inputs().get(0)).quantization().scale();
        boolean perTensor = spec.axis() == QuantSpec.Weights.PER_TENSOR;
        QuantizedWeights integers = new QuantizedWeights(weights.shape(), Math.max(0, spec.axis()), perTensor);
        integers.quantize(weights.float32Data(), 0, bias.float32Data(), 0, inputScale);
        quantized.put(
                w, Tensor.constant(weights.name(), weights.shape(), integers.quantization(), integers.int8Data()));
        quantized.put(
                b,
                Tensor.constant(bias.name(), bias.shape(), integers.biasQuantization(inputScale), integers.biasData()));
    }

    private static <P extends Record> Optional<QuantSpec.Weights> weights(Node<P> node) {
        return node.operator().quantSpec(node.params()).weights();
    }

    private static boolean hasInput(Node<?> node, int i) {
        return i < node.inputs().size() && node.inputs().get(i) != Node.ABSENT;
    }
}
