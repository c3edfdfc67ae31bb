package org.tinytune.train.network;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.graph.QuantSpec;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.vector.VectorMath;
import org.tinytune.train.network.Parameters.Role;
import org.tinytune.train.network.Parameters.Slice;

/** The buffers of all tensors and nodes. */
final class NetworkBuffers {
    /** Some JVMs need the last few elements of an array for themselves. */
    private static final int GREATEST_ARRAY = Integer.MAX_VALUE - 8;

    private final Graph graph;
    private final NetworkOptions options;
    private final Parameters parameters;
    private final WeightScales scales;
    private final GradientFlow flow;
    private final FloatSpan[] values;
    /** How many steps a state holds, by tensor; 0 for all others. */
    private final int[] stateSteps;

    private final FloatSpan[] gradients;
    private final FloatSpan[] roundings;
    private final Map<Integer, Deque<FloatSpan>> free = new HashMap<>();
    private final List<NodeBuffers> nodes = new ArrayList<>();
    private final List<List<Addition>> additions = new ArrayList<>();
    /** Tensors of which a node has the gradient of scales: where several share weights, only one settles it. */
    private final BitSet settled = new BitSet();

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
        this.scales = new WeightScales(graph, options, parameters);
        BitSet trained = new BitSet();
        parameters.trained().forEach(slice -> trained.set(slice.tensor()));
        this.flow = new GradientFlow(graph, trained, options.lossOnLogits());
        this.stateSteps = new int[graph.tensors().size()];
        graph.nodes().forEach(this::findState);
        this.values = new FloatSpan[graph.tensors().size()];
        this.gradients = new FloatSpan[graph.tensors().size()];
        this.roundings = new FloatSpan[graph.tensors().size()];
        for (int t = 0; t < values.length; t++) {
            values[t] = values(t);
            if (options.training() && needsGradient(t) && parameters.find(t).isPresent()) {
                roundings[t] = batch(t);
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
                            t, Parameters.end(trained), options.ranges().numbers(), Role.RANGE)));
        }
        int end = Parameters.end(trained);
        others.flip(0, graph.tensors().size());
        others.andNot(averages);
        addSlices(graph, others, weights, trained);
        if (options.learnsScales()) {
            WeightScales.learnable(graph)
                    .forEach((t, count) -> trained.add(new Slice(t, Parameters.end(trained), count, Role.SCALES)));
        }
        int buffers = gradientBuffers(graph, options, trained);
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

    /**
     * One will do for a single thread, which adds shard after shard, as sums of several do. Not where nodes share a
     * constant, of which each adds its part before the next shard comes.
     */
    private static int gradientBuffers(Graph graph, NetworkOptions options, List<Slice> trained) {
        if (!options.training()) {
            return 0;
        }
        boolean one = options.threads() == 1 && trained.stream().noneMatch(slice -> isShared(graph, slice.tensor()));
        return one ? 1 : options.shards();
    }

    private static boolean isShared(Graph graph, int tensor) {
        return graph.tensor(tensor).isConstant()
                && graph.nodes().stream()
                                .filter(node -> node.inputs().contains(tensor))
                                .count()
                        > 1;
    }

    private static void addSlices(Graph graph, BitSet which, BitSet weights, List<Slice> slices) {
        for (int t = which.nextSetBit(0); t >= 0; t = which.nextSetBit(t + 1)) {
            Tensor tensor = graph.tensor(t);
            if (tensor.isConstant() && tensor.type() == ElementType.FLOAT32) {
                Role role = weights.get(t) ? Role.WEIGHTS : Role.OTHER;
                slices.add(new Slice(t, Parameters.end(slices), tensor.shape().elements(), role));
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
        QuantSpec spec = operator.quantSpec(node.params());
        spec.weights().ifPresent(w -> weights.set(node.inputs().get(w.input())));
        spec.state().ifPresent(s -> weights.set(node.inputs().get(s.weights())));
    }

    /** Activations have room for a batch, constants are there once; those that kernels read themselves are not. */
    private FloatSpan values(int t) {
        Tensor tensor = graph.tensor(t);
        if (!tensor.isConstant()) {
            return batch(t);
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

    private FloatSpan batch(int t) {
        long elements = (long) options.maxEntries() * elements(t) + VectorMath.SLACK;
        if (elements > GREATEST_ARRAY) {
            throw new InvalidModelException("'" + graph.tensor(t).name() + "' has " + elements(t)
                    + " values of each sample, of which no array holds " + options.maxEntries()
                    + ": give a smaller batch, or smaller layers");
        }
        return new FloatSpan(new float[(int) elements], 0);
    }

    /** Elements of a tensor for each entry of a batch: all of it, or of a state what a step adds. */
    int elements(int t) {
        int elements = graph.tensor(t).shape().elements();
        return stateSteps[t] == 0 ? elements : elements / stateSteps[t];
    }

    private <P extends Record> void findState(Node<P> node) {
        node.operator().quantSpec(node.params()).state().ifPresent(state -> {
            int weights = node.inputs().get(state.weights());
            stateSteps[node.inputs().get(state.input())] =
                    graph.tensor(weights).shape().dim(-1);
        });
    }

    private void addNodes() {
        for (int n = 0; n < graph.nodes().size(); n++) {
            nodes.add(null);
            additions.add(new ArrayList<>());
        }
        BitSet written = new BitSet();
        if (options.training() && needsGradient(flow.logits())) {
            gradients[flow.logits()] = gradientOf(flow.logits());
            written.set(flow.logits());
        }
        for (int n = graph.nodes().size() - 1; n >= 0; n--) {
            nodes.set(n, node(n, written));
            release(n);
        }
    }

    private NodeBuffers node(int n, BitSet written) {
        Node<?> node = graph.nodes().get(n);
        int operands = node.inputs().size();
        FloatSpan[] inputs = new FloatSpan[operands];
        FloatSpan[] inputGradients = new FloatSpan[operands];
        FloatSpan[][] constantGradients = new FloatSpan[operands][options.shards()];
        FloatSpan[] scalesOf = new FloatSpan[operands];
        FloatSpan[] scaleGradients = new FloatSpan[operands];
        for (int i = 0; i < operands; i++) {
            int t = node.inputs().get(i);
            if (t == Node.ABSENT) {
                continue;
            }
            inputs[i] = values[t];
            scalesOf[i] = scales.of(t);
            scaleGradients[i] =
                    settled.get(t) ? null : parameters.findScaleGradient(t).orElse(null);
            settled.set(t);
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
                options.steps(),
                options.maxEntries(),
                options.maxShardEntries(),
                options.shards(),
                inputs,
                values[node.output()],
                inputGradients,
                gradients[node.output()],
                constantGradients,
                scalesOf,
                scaleGradients,
                roundings[node.output()]);
    }

    /**
     * Memory for the gradient of a tensor: that of another which is no longer needed, if it has as many elements. Only
     * then does a sample lie at the same place in both, so that shards, of which each is at another node, do not meet.
     */
    private FloatSpan gradientOf(int t) {
        Deque<FloatSpan> unused = free.get(elements(t));
        return unused == null || unused.isEmpty() ? batch(t) : unused.pop();
    }

    /** Once a node has run backward, nobody needs the gradient of its output, nor what it has left aside. */
    private void release(int n) {
        int output = graph.nodes().get(n).output();
        FloatSpan gradient = gradients[output];
        boolean livesOn = nodes.get(n).keeps(gradient);
        if (gradient != null && !livesOn) {
            release(gradient, elements(output));
        }
        additions.get(n).forEach(addition -> release(addition.from(), addition.elements()));
    }

    private void release(FloatSpan span, int elements) {
        free.computeIfAbsent(elements, e -> new ArrayDeque<>()).push(span);
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
        gradients[t] = inPlace ? gradients[node.output()] : gradientOf(t);
        return gradients[t];
    }

    private FloatSpan aside(int n, int t) {
        FloatSpan span = gradientOf(t);
        additions.get(n).add(new Addition(gradients[t], span, elements(t)));
        return span;
    }

    Parameters parameters() {
        return parameters;
    }

    /** The scales of weights. */
    WeightScales scales() {
        return scales;
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
