package org.tinytune.train.network;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.vector.VectorMath;
import org.tinytune.train.network.Parameters.Slice;

/** The buffers of all tensors and nodes. */
final class NetworkBuffers {
    private final Graph graph;
    private final NetworkOptions options;
    private final Parameters parameters;
    private final GradientFlow flow;
    private final FloatSpan[] values;
    private final FloatSpan[] gradients;
    private final FloatSpan[] roundings;
    private final List<NodeBuffers> nodes = new ArrayList<>();
    private final List<List<Addition>> additions = new ArrayList<>();

    /**
     * A gradient that a node leaves aside, because its operand has one from another node already.
     *
     * @param to the operand's gradient
     * @param from what to add to it
     * @param elements of a sample
     */
    record Addition(FloatSpan to, FloatSpan from, int elements) {}

    NetworkBuffers(Graph graph, NetworkOptions options) {
        this.graph = graph;
        this.options = options;
        this.parameters = parameters(graph, options);
        BitSet trained = new BitSet();
        parameters.trained().forEach(slice -> trained.set(slice.tensor()));
        this.flow = new GradientFlow(graph, trained, options.lossOnLogits());
        this.values = new FloatSpan[graph.tensors().size()];
        this.gradients = new FloatSpan[graph.tensors().size()];
        this.roundings = new FloatSpan[graph.tensors().size()];
        for (int t = 0; t < values.length; t++) {
            values[t] = values(t);
            if (options.training() && needsGradient(t) && parameters.find(t).isPresent()) {
                roundings[t] = batch(graph.tensor(t));
            }
        }
        addNodes();
    }

    private static Parameters parameters(Graph graph, NetworkOptions options) {
        BitSet averages = new BitSet();
        BitSet weights = new BitSet();
        BitSet sharded = new BitSet();
        graph.nodes().forEach(node -> markRoles(node, averages, weights, sharded));
        List<Slice> trained = new ArrayList<>();
        List<Slice> running = new ArrayList<>();
        addSlices(graph, averages, weights, running);
        BitSet others = (BitSet) sharded.clone();
        others.andNot(averages);
        addSlices(graph, others, weights, trained);
        if (options.learnsRanges()) {
            LearnedQuantization.learnable(graph).stream()
                    .forEach(t -> trained.add(new Slice(
                            t, Parameters.end(trained), options.ranges().numbers(), false)));
        }
        int end = Parameters.end(trained);
        others.flip(0, graph.tensors().size());
        others.andNot(averages);
        addSlices(graph, others, weights, trained);
        int buffers = !options.training() ? 0 : options.threads() == 1 ? 1 : options.shards();
        Parameters parameters = new Parameters(trained, running, buffers, end);
        for (int t = 0; t < graph.tensors().size(); t++) {
            Tensor tensor = graph.tensor(t);
            if (tensor.isConstant()) {
                parameters
                        .find(t)
                        .ifPresent(span -> System.arraycopy(
                                tensor.float32Data(),
                                0,
                                span.array(),
                                span.offset(),
                                tensor.shape().elements()));
            }
        }
        return parameters;
    }

    private static void addSlices(Graph graph, BitSet which, BitSet weights, List<Slice> slices) {
        for (int t = which.nextSetBit(0); t >= 0; t = which.nextSetBit(t + 1)) {
            Tensor tensor = graph.tensor(t);
            if (tensor.isConstant() && tensor.type() == ElementType.FLOAT32) {
                slices.add(new Slice(t, Parameters.end(slices), tensor.shape().elements(), weights.get(t)));
            }
        }
    }

    private static <P extends Record> void markRoles(Node<P> node, BitSet averages, BitSet weights, BitSet sharded) {
        Operator<P> operator = node.operator();
        operator.float32()
                .runningAverages()
                .forEach(i -> averages.set(node.inputs().get(i)));
        if (!operator.float32().passesOverBatch()) {
            node.inputs().stream().filter(i -> i != Node.ABSENT).forEach(sharded::set);
        }
        operator.quantSpec(node.params())
                .weights()
                .ifPresent(w -> weights.set(node.inputs().get(w.input())));
    }

    /** Activations have room for a batch, constants are there once; those that kernels read themselves are not. */
    private FloatSpan values(int t) {
        Tensor tensor = graph.tensor(t);
        if (!tensor.isConstant()) {
            return batch(tensor);
        }
        if (tensor.type() == ElementType.INT8) {
            byte[] bytes = tensor.int8Data();
            float[] floats = new float[bytes.length + VectorMath.SLACK];
            for (int i = 0; i < bytes.length; i++) {
                floats[i] = bytes[i];
            }
            return new FloatSpan(floats, 0);
        }
        return parameters.find(t).orElse(null);
    }

    private FloatSpan batch(Tensor tensor) {
        long elements = (long) options.maxSamples() * tensor.shape().elements() + VectorMath.SLACK;
        return new FloatSpan(new float[Math.toIntExact(elements)], 0);
    }

    private void addNodes() {
        for (int n = 0; n < graph.nodes().size(); n++) {
            nodes.add(null);
            additions.add(new ArrayList<>());
        }
        BitSet written = new BitSet();
        if (options.training() && needsGradient(flow.logits())) {
            gradients[flow.logits()] = batch(graph.tensor(flow.logits()));
            written.set(flow.logits());
        }
        for (int n = graph.nodes().size() - 1; n >= 0; n--) {
            nodes.set(n, node(n, written));
        }
    }

    private NodeBuffers node(int n, BitSet written) {
        Node<?> node = graph.nodes().get(n);
        int operands = node.inputs().size();
        FloatSpan[] inputs = new FloatSpan[operands];
        FloatSpan[] inputGradients = new FloatSpan[operands];
        FloatSpan[][] constantGradients = new FloatSpan[operands][options.shards()];
        for (int i = 0; i < operands; i++) {
            int t = node.inputs().get(i);
            if (t == Node.ABSENT) {
                continue;
            }
            inputs[i] = values[t];
            for (int s = 0; s < options.shards() && graph.tensor(t).isConstant(); s++) {
                constantGradients[i][s] = parameters.findGradient(t, s).orElse(null);
            }
            if (options.training() && needsGradient(t) && flow.takesPart(n)) {
                inputGradients[i] = written.get(t) ? aside(n, t) : gradient(node, i);
                written.set(t);
            }
        }
        return new NodeBuffers(
                options.math(),
                n,
                options.maxSamples(),
                options.maxShardSamples(),
                options.shards(),
                inputs,
                values[node.output()],
                inputGradients,
                gradients[node.output()],
                constantGradients,
                roundings[node.output()]);
    }

    private boolean needsGradient(int t) {
        return flow.needsGradient(t) && !graph.tensor(t).isConstant();
    }

    /** Where the gradient of an operand is first written: over that of the output, if that will do. */
    private FloatSpan gradient(Node<?> node, int operand) {
        int t = node.inputs().get(operand);
        Tensor tensor = graph.tensor(t);
        boolean sameSize =
                tensor.shape().elements() == graph.tensor(node.output()).shape().elements();
        boolean inPlace = operand == 0 && sameSize && node.operator().gradientInPlace();
        gradients[t] = inPlace ? gradients[node.output()] : batch(tensor);
        return gradients[t];
    }

    private FloatSpan aside(int n, int t) {
        Tensor tensor = graph.tensor(t);
        FloatSpan span = batch(tensor);
        additions.get(n).add(new Addition(gradients[t], span, tensor.shape().elements()));
        return span;
    }

    Parameters parameters() {
        return parameters;
    }

    GradientFlow flow() {
        return flow;
    }

    /** The values of a tensor. */
    FloatSpan value(int tensor) {
        return values[tensor];
    }

    /** The gradient of a tensor; {@code null} if it has none. */
    FloatSpan gradient(int tensor) {
        return gradients[tensor];
    }

    /** What rounding has changed a tensor by, if its quantization is learned; {@code null} if not. */
    FloatSpan rounding(int tensor) {
        return roundings[tensor];
    }

    /** The buffers of a node. */
    NodeBuffers node(int node) {
        return nodes.get(node);
    }

    /** What is to be added once a node has run backward. */
    List<Addition> additions(int node) {
        return additions.get(node);
    }
}
