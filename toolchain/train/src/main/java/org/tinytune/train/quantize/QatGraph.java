package org.tinytune.train.quantize;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.QuantSpec.State;
import org.tinytune.core.graph.QuantSpec.Weights;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.QuantizedWeights;
import org.tinytune.core.op.StateWeights;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.TensorData;
import org.tinytune.core.vector.VectorProvider;
import org.tinytune.train.range.RealRange;

/**
 * The two forms of a quantized network: in training, activations are int8 while weights and bias are still real; as it
 * is shipped, these are integers as well.
 */
public final class QatGraph {
    private QatGraph() {}

    /**
     * A folded float network with quantized activations.
     *
     * @param ranges of the real values, by tensor; of no concern where an operator keeps or fixes the scale
     */
    public static Graph quantizeActivations(Graph folded, RealRange[] ranges) {
        BitSet trained = trained(folded);
        RealRange[] sources = ranges.clone();
        for (int t = 0; t < sources.length; t++) {
            if (folded.tensor(t).isConstant()) {
                sources[t] = trained.get(t) ? null : range(folded.tensor(t).float32Data());
            }
        }
        Quantization[] quantizations = Quantizers.assign(folded, sources);
        List<Tensor> tensors = new ArrayList<>(folded.tensors());
        for (int t = 0; t < sources.length; t++) {
            if (folded.tensor(t).state()) {
                Tensor state = folded.tensor(t);
                tensors.set(t, Tensor.state(state.name(), state.shape(), ElementType.INT16, ranges[t].int16()));
            } else if (!trained.get(t)) {
                tensors.set(t, quantized(folded.tensor(t), quantizations[t]));
            }
        }
        List<Node<?>> nodes = new ArrayList<>();
        folded.nodes().forEach(node -> nodes.add(quantized(node)));
        return new Graph(tensors, nodes, folded.inputs(), folded.outputs(), folded.metadata());
    }

    private static <P extends Record> Node<P> quantized(Node<P> node) {
        P params = node.operator().quantizedParams(node.params());
        return new Node<>(node.operator(), params, node.inputs(), node.outputs());
    }

    /** Weights and biases, which stay real. */
    private static BitSet trained(Graph graph) {
        BitSet trained = new BitSet();
        for (Node<?> node : graph.nodes()) {
            weights(node).ifPresent(w -> markTrained(node, w.input(), w.biasInput(), trained));
            state(node).ifPresent(s -> markTrained(node, s.weights(), s.biasInput(), trained));
        }
        return trained;
    }

    private static void markTrained(Node<?> node, int weights, int bias, BitSet trained) {
        trained.set(node.inputs().get(weights));
        if (hasInput(node, bias)) {
            trained.set(node.inputs().get(bias));
        }
    }

    private static <P extends Record> Optional<Weights> weights(Node<P> node) {
        return node.operator().quantSpec(node.params()).weights();
    }

    private static <P extends Record> Optional<State> state(Node<P> node) {
        return node.operator().quantSpec(node.params()).state();
    }

    private static boolean hasInput(Node<?> node, int input) {
        return input >= 0 && node.inputs().size() > input && node.inputs().get(input) != Node.ABSENT;
    }

    private static RealRange range(float[] values) {
        float min = 0;
        float max = 0;
        for (float value : values) {
            min = Math.min(min, value);
            max = Math.max(max, value);
        }
        return RealRange.of(min, max);
    }

    private static Tensor quantized(Tensor tensor, Quantization quantization) {
        if (!tensor.isConstant()) {
            return Tensor.activation(tensor.name(), tensor.shape(), ElementType.INT8, quantization);
        }
        float[] values = tensor.float32Data();
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = quantization.quantizeInt8(values[i]);
        }
        return Tensor.constant(tensor.name(), tensor.shape(), quantization, TensorData.of(bytes));
    }

    /**
     * The INT8 network: weights and biases are quantized exactly as every step of training does.
     *
     * @param graph with int8 activations and real weights, whose scales are stated where they were learned
     * @throws InvalidModelException if two nodes share weights but would quantize them differently
     */
    public static Graph export(Graph graph) {
        List<Tensor> tensors = new ArrayList<>(graph.tensors());
        for (Node<?> node : graph.nodes()) {
            weights(node).ifPresent(w -> export(graph, node, w, tensors));
            state(node).ifPresent(s -> export(graph, node, s, tensors));
        }
        return with(graph, tensors);
    }

    private static void export(Graph graph, Node<?> node, Weights spec, List<Tensor> tensors) {
        int weightsIndex = node.inputs().get(spec.input());
        Tensor weights = graph.tensor(weightsIndex);
        if (weights.type() != ElementType.FLOAT32) {
            return;
        }
        boolean perTensor = spec.axis() == Weights.PER_TENSOR;
        QuantizedWeights quantized =
                new QuantizedWeights(VectorProvider.get(), weights.shape(), Math.max(0, spec.axis()), perTensor);
        if (weights.quantization().isPresent()) {
            quantized.scaleBy(new FloatSpan(weights.quantization().scales(), 0));
        }
        float inputScale = graph.tensor(node.inputs().get(0)).quantization().scale();
        Tensor bias =
                hasInput(node, spec.biasInput()) ? graph.tensor(node.inputs().get(spec.biasInput())) : null;
        quantized.quantize(weights.float32Data(), 0, bias == null ? null : bias.float32Data(), 0, inputScale);
        set(
                tensors,
                weightsIndex,
                Tensor.constant(weights.name(), weights.shape(), quantized.quantization(), quantized.int8Data()));
        if (bias != null) {
            set(
                    tensors,
                    node.inputs().get(spec.biasInput()),
                    Tensor.constant(
                            bias.name(), bias.shape(), quantized.biasQuantization(inputScale), quantized.biasData()));
        }
    }

    private static void export(Graph graph, Node<?> node, State spec, List<Tensor> tensors) {
        int weightsIndex = node.inputs().get(spec.weights());
        Tensor weights = graph.tensor(weightsIndex);
        if (weights.type() != ElementType.FLOAT32) {
            return;
        }
        int units = graph.tensor(node.output()).shape().elements();
        StateWeights quantized = new StateWeights(weights.shape(), units);
        float stateScale =
                graph.tensor(node.inputs().get(spec.input())).quantization().scale();
        Tensor bias =
                hasInput(node, spec.biasInput()) ? graph.tensor(node.inputs().get(spec.biasInput())) : null;
        quantized.quantize(weights.float32Data(), 0, bias == null ? null : bias.float32Data(), 0, stateScale);
        set(
                tensors,
                weightsIndex,
                Tensor.constant(weights.name(), weights.shape(), quantized.quantization(), quantized.int16Data()));
        if (bias != null) {
            set(
                    tensors,
                    node.inputs().get(spec.biasInput()),
                    Tensor.constant(
                            bias.name(), bias.shape(), quantized.biasQuantization(stateScale), quantized.biasData()));
        }
    }

    private static void set(List<Tensor> tensors, int index, Tensor tensor) {
        Tensor before = tensors.get(index);
        if (before.type() != ElementType.FLOAT32 && !before.equals(tensor)) {
            throw new InvalidModelException(
                    "'" + tensor.name() + "' is shared by two nodes that would quantize it differently");
        }
        tensors.set(index, tensor);
    }

    private static Graph with(Graph graph, List<Tensor> tensors) {
        return new Graph(tensors, graph.nodes(), graph.inputs(), graph.outputs(), graph.metadata());
    }
}
