package org.tinytune.train.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.QuantSpec.Output;
import org.tinytune.core.graph.Shard;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.quant.Quantization;
import org.tinytune.train.network.Parameters.Role;
import org.tinytune.train.network.Parameters.Slice;
import org.tinytune.train.range.RangeLearning;

/**
 * The quantization of activations as it is learned. The numbers that are learned lie among the parameters, so that an
 * optimizer, a snapshot or a checkpoint treats them as it does weights.
 */
final class LearnedQuantization {
    /** What rounding can change a value by, and a little for the float that it is computed in. */
    private static final float MAX_ROUNDING = 0.51f;

    private final RangeLearning learning;
    private final NetworkBuffers buffers;
    private final List<Slice> slices = new ArrayList<>();
    private final Quantization[] starts;
    private final Quantization[] current;
    private final int[] elements;
    private final FloatSpan[][] gradients;
    private final float[] followed;
    private final FrozenNumbers frozen;

    LearnedQuantization(Graph graph, NetworkOptions options, NetworkBuffers buffers) {
        this.learning = options.ranges();
        this.buffers = buffers;
        this.starts = new Quantization[graph.tensors().size()];
        this.current = new Quantization[starts.length];
        this.elements = new int[starts.length];
        this.gradients = new FloatSpan[starts.length][options.shards()];
        for (Slice slice : buffers.parameters().trained()) {
            Tensor tensor = graph.tensor(slice.tensor());
            if (slice.role() == Role.RANGE) {
                slices.add(slice);
                starts[slice.tensor()] = tensor.quantization();
                current[slice.tensor()] = tensor.quantization();
                elements[slice.tensor()] = tensor.shape().elements();
                for (int s = 0; s < options.shards(); s++) {
                    gradients[slice.tensor()][s] =
                            buffers.parameters().findGradient(slice.tensor(), s).orElse(null);
                }
            }
        }
        this.followed = learned();
        this.frozen = new FrozenNumbers(buffers.parameters(), slices);
    }

    /**
     * The activations whose quantization can be learned: those that have a range of their own, unless an operator
     * demands the same of it and of others.
     */
    static BitSet learnable(Graph graph) {
        BitSet learnable = new BitSet();
        int[] sources = new int[graph.tensors().size()];
        Arrays.setAll(sources, t -> t);
        for (Node<?> node : graph.nodes()) {
            switch (output(node)) {
                case OWN_RANGE -> learnable.set(node.output());
                case SAME_AS_INPUT ->
                    sources[node.output()] = sources[node.inputs().get(0)];
                case SAME_AS_ALL_INPUTS -> node.inputs().forEach(t -> learnable.clear(sources[t]));
                case FIXED -> {}
            }
        }
        return learnable;
    }

    private static <P extends Record> Output output(Node<P> node) {
        return node.operator().quantSpec(node.params()).output();
    }

    private float[] learned() {
        float[] numbers = new float[slices.size() * learning.numbers()];
        for (int i = 0; i < slices.size(); i++) {
            copy(slices.get(i), buffers.parameters().values(), numbers, i);
        }
        return numbers;
    }

    private void copy(Slice slice, float[] values, float[] numbers, int i) {
        System.arraycopy(values, slice.offset(), numbers, i * slice.length(), slice.length());
    }

    /** Whether the quantization of a tensor is learned, and has a gradient. */
    boolean isLearned(int tensor) {
        return buffers.rounding(tensor) != null;
    }

    /** Whether the numbers are others than those that {@link #apply} has seen. */
    boolean hasChanged() {
        float[] values = buffers.parameters().values();
        for (int i = 0; i < slices.size(); i++) {
            Slice slice = slices.get(i);
            int end = slice.offset() + slice.length();
            int at = i * slice.length();
            if (!Arrays.equals(values, slice.offset(), end, followed, at, at + slice.length())) {
                return true;
            }
        }
        return false;
    }

    /** The graph with the quantization that the numbers stand for. */
    Graph apply(Graph graph) {
        List<Tensor> tensors = new ArrayList<>(graph.tensors());
        float[] values = buffers.parameters().values();
        for (int i = 0; i < slices.size(); i++) {
            Slice slice = slices.get(i);
            copy(slice, values, followed, i);
            int t = slice.tensor();
            current[t] = learning.quantization(starts[t], values, slice.offset());
        }
        for (Node<?> node : graph.nodes()) {
            int t = node.output();
            Quantization now = output(node) == Output.SAME_AS_INPUT
                    ? tensors.get(node.inputs().get(0)).quantization()
                    : current[t];
            if (now != null) {
                Tensor before = graph.tensor(t);
                tensors.set(t, Tensor.activation(before.name(), before.shape(), before.type(), now));
            }
        }
        return new Graph(tensors, graph.nodes(), graph.inputs(), graph.outputs(), graph.metadata());
    }

    /** Adds a shard's part to the gradient of a tensor's numbers, before the node masks what was clamped. */
    void addGradient(int tensor, Shard shard) {
        FloatSpan y = buffers.value(tensor);
        FloatSpan dy = buffers.gradient(tensor);
        FloatSpan rounding = buffers.rounding(tensor);
        double low = 0;
        double inside = 0;
        double high = 0;
        for (int i = shard.begin() * elements[tensor]; i < shard.end() * elements[tensor]; i++) {
            float q = y.array()[y.offset() + i];
            float slope = dy.array()[dy.offset() + i];
            float rounded = rounding.array()[rounding.offset() + i];
            if (q == Byte.MIN_VALUE) {
                low += slope;
            } else if (q == Byte.MAX_VALUE) {
                high += slope;
            } else if (Math.abs(rounded) <= MAX_ROUNDING) {
                inside += (double) slope * rounded;
            }
        }
        FloatSpan sum = gradients[tensor][shard.index()];
        RangeLearning.Sums sums = new RangeLearning.Sums(low, inside, high);
        learning.addGradient(current[tensor], sums, elements[tensor], sum.array(), sum.offset());
    }

    /** Keeps the numbers as they are. */
    void freeze() {
        frozen.freeze();
    }

    /** Takes back what a step has done to numbers that are frozen. */
    void undoIfFrozen() {
        frozen.undo();
    }
}
