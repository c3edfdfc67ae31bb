package org.tinytune.train;

import java.util.ArrayList;
import java.util.List;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.QuantSpec.Weights;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.tensor.TensorData;
import org.tinytune.data.RandomStreams;

/**
 * Weights to begin with: normally distributed, with variance two over the number of inputs of an output, so that
 * activations neither die nor grow from layer to layer under ReLU. Everything else stays as the graph has it.
 *
 * <p>Source: He et al., "Delving Deep into Rectifiers", ICCV 2015, equation 10.
 */
final class HeInitialization {
    private static final long STREAM = 1;

    private HeInitialization() {}

    static Graph initialize(Graph graph, long seed) {
        List<Tensor> tensors = new ArrayList<>(graph.tensors());
        for (Node<?> node : graph.nodes()) {
            initialize(node, graph, tensors, seed);
        }
        return new Graph(tensors, graph.nodes(), graph.inputs(), graph.outputs(), graph.metadata());
    }

    private static <P extends Record> void initialize(Node<P> node, Graph graph, List<Tensor> tensors, long seed) {
        node.operator().quantSpec(node.params()).weights().ifPresent(spec -> {
            int index = node.inputs().get(spec.input());
            Tensor weights = graph.tensor(index);
            int axis = spec.axis() == Weights.PER_TENSOR ? 0 : spec.axis();
            int inputs = weights.shape().elements() / weights.shape().dim(axis);
            tensors.set(index, weights.withData(normal(weights, Math.sqrt(2.0 / inputs), seed, index)));
        });
    }

    /** By the method of Box and Muller, from the stream of the tensor. */
    private static TensorData normal(Tensor weights, double deviation, long seed, int index) {
        var random = RandomStreams.stream(seed, STREAM, index);
        float[] values = new float[weights.shape().elements()];
        for (int i = 0; i < values.length; i++) {
            double radius = Math.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
            double angle = 2 * StrictMath.PI * random.nextDouble();
            values[i] = (float) (deviation * radius * StrictMath.cos(angle));
        }
        return TensorData.of(values);
    }
}
