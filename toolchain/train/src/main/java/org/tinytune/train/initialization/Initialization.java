package org.tinytune.train.initialization;

import java.util.ArrayList;
import java.util.List;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.QuantSpec;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.tensor.TensorData;
import org.tinytune.data.RandomStreams;

/** Gives a network weights to begin with. Everything else stays as the graph has it. Checked by: InitializationTest. */
public final class Initialization {
    private static final long STREAM = 1;

    private Initialization() {}

    /**
     * The same network with new weights.
     *
     * @param initializer that draws them
     * @param seed of the random streams, of which every tensor has its own
     */
    public static Graph initialize(Graph graph, Initializer initializer, long seed) {
        List<Tensor> tensors = new ArrayList<>(graph.tensors());
        for (Node<?> node : graph.nodes()) {
            initialize(node, graph, tensors, initializer, seed);
        }
        return new Graph(tensors, graph.nodes(), graph.inputs(), graph.outputs(), graph.metadata());
    }

    private static <P extends Record> void initialize(
            Node<P> node, Graph graph, List<Tensor> tensors, Initializer initializer, long seed) {
        QuantSpec spec = node.operator().quantSpec(node.params());
        spec.weights()
                .ifPresent(w -> draw(
                        tensors,
                        node.inputs().get(w.input()),
                        initializer.distribution(Fans.of(graph, node, w)),
                        seed));
        spec.state()
                .ifPresent(s -> draw(
                        tensors,
                        node.inputs().get(s.weights()),
                        initializer.distribution(Fans.of(graph, node, s)),
                        seed));
    }

    private static void draw(List<Tensor> tensors, int index, Initializer.Distribution distribution, long seed) {
        Tensor weights = tensors.get(index);
        float[] values = distribution.draw(weights.shape().elements(), RandomStreams.stream(seed, STREAM, index));
        tensors.set(index, weights.withData(TensorData.of(values)));
    }
}
