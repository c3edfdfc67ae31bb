package org.tinytune.train.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.QuantSpec.Weights;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.train.network.Parameters.Role;
import org.tinytune.train.network.Parameters.Slice;
import org.tinytune.train.range.WeightScaling;

/**
 * The scales of weights that do not follow from magnitudes: those that are learned, whose numbers lie among the
 * parameters, and those that a graph states. Kernels read them in every step, so nothing is prepared anew when they
 * change.
 */
final class WeightScales {
    private static final float GREATEST_STEP = 127;

    private final Parameters parameters;
    private final WeightScaling scaling;
    private final List<Learned> learned = new ArrayList<>();
    private final Map<Integer, FloatSpan> scales = new TreeMap<>();
    private final Map<Integer, Integer> axes;
    private final FrozenNumbers frozen;

    /**
     * The scales of a tensor.
     *
     * @param slice of their numbers
     * @param starts what learning began with
     * @param elements weights with the same scale
     * @param now the scales
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Learned(Slice slice, float[] starts, int elements, float[] now) {}

    WeightScales(Graph graph, NetworkOptions options, Parameters parameters) {
        this.parameters = parameters;
        this.scaling = options.scaling();
        this.axes = axes(graph);
        for (int t : axes.keySet()) {
            Quantization stated = graph.tensor(t).quantization();
            if (stated.isPresent()) {
                scales.put(t, new FloatSpan(stated.scales(), 0));
            }
        }
        List<Slice> slices = parameters.trained().stream()
                .filter(slice -> slice.role() == Role.SCALES)
                .toList();
        slices.forEach(slice -> learn(slice, graph.tensor(slice.tensor())));
        this.frozen = new FrozenNumbers(parameters, slices);
    }

    /** The channel axis of each tensor of real weights, or {@link Weights#PER_TENSOR}. */
    private static Map<Integer, Integer> axes(Graph graph) {
        Map<Integer, Integer> axes = new TreeMap<>();
        for (Node<?> node : graph.nodes()) {
            weights(node)
                    .filter(w -> isReal(graph.tensor(node.inputs().get(w.input()))))
                    .ifPresent(w -> axes.put(node.inputs().get(w.input()), w.axis()));
        }
        return axes;
    }

    private static <P extends Record> Optional<Weights> weights(Node<P> node) {
        return node.operator().quantSpec(node.params()).weights();
    }

    private static boolean isReal(Tensor tensor) {
        return tensor.isConstant() && tensor.type() == ElementType.FLOAT32;
    }

    /** How many scales there are to be learned, by tensor. */
    static Map<Integer, Integer> learnable(Graph graph) {
        Map<Integer, Integer> counts = new TreeMap<>();
        axes(graph)
                .forEach((t, axis) -> counts.put(
                        t,
                        axis == Weights.PER_TENSOR ? 1 : graph.tensor(t).shape().dim(axis)));
        return counts;
    }

    private void learn(Slice slice, Tensor tensor) {
        int axis = axes.get(slice.tensor());
        float[] starts = tensor.quantization().isPresent()
                ? tensor.quantization().scales()
                : starts(tensor, axis, slice.length());
        float[] now = starts.clone();
        learned.add(new Learned(slice, starts, tensor.shape().elements() / slice.length(), now));
        scales.put(slice.tensor(), new FloatSpan(now, 0));
    }

    /** The scales of the magnitudes; a channel of zeros has room for weights as large as others of the tensor. */
    private static float[] starts(Tensor tensor, int axis, int count) {
        float[] greatest = new float[count];
        float[] values = tensor.float32Data();
        int inner = axis == Weights.PER_TENSOR ? values.length : inner(tensor.shape(), axis);
        float all = 0;
        for (int i = 0; i < values.length; i++) {
            int c = i / inner % count;
            greatest[c] = Math.max(greatest[c], Math.abs(values[i]));
            all = Math.max(all, greatest[c]);
        }
        float[] starts = new float[count];
        for (int c = 0; c < count; c++) {
            float room = greatest[c] > 0 ? greatest[c] : all > 0 ? all : 1;
            starts[c] = room / GREATEST_STEP;
        }
        return starts;
    }

    /** Elements from one channel to the next. */
    private static int inner(Shape shape, int axis) {
        int inner = 1;
        for (int d = axis + 1; d < shape.rank(); d++) {
            inner *= shape.dim(d);
        }
        return inner;
    }

    /** Whether any are learned. */
    boolean areLearned() {
        return !learned.isEmpty();
    }

    /** The scales of a tensor; {@code null} if they follow from its magnitudes. */
    FloatSpan of(int tensor) {
        return scales.get(tensor);
    }

    /** Takes over what was learned in a step, or came back with earlier parameters. */
    void follow() {
        for (int i = 0; i < learned.size(); i++) {
            Learned of = learned.get(i);
            for (int c = 0; c < of.now.length; c++) {
                of.now[c] = scaling.scale(of.starts[c], parameters.values()[of.slice.offset() + c]);
            }
        }
    }

    /** Makes of the gradients of scales those of their numbers. */
    void finishGradients() {
        for (int i = 0; i < learned.size(); i++) {
            Learned of = learned.get(i);
            for (int c = 0; c < of.now.length; c++) {
                parameters.gradient()[of.slice.offset() + c] *= (float) scaling.slope(of.now[c], of.elements);
            }
        }
    }

    /** How a tensor is quantized, if that does not follow from its magnitudes. */
    Optional<Quantization> quantization(int tensor) {
        return Optional.ofNullable(scales.get(tensor))
                .map(span -> span.array().length == 1
                        ? Quantization.perTensor(span.array()[0], 0)
                        : Quantization.perChannel(span.array(), axes.get(tensor)));
    }

    /** Keeps the scales as they are. */
    void freeze() {
        frozen.freeze();
    }

    /** Takes back what a step has done to scales that are frozen. */
    void undoIfFrozen() {
        frozen.undo();
    }
}
