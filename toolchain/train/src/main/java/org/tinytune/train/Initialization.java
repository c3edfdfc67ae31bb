package org.tinytune.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.QuantSpec;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.tensor.TensorData;

/**
 * First weights of a network.
 *
 * <p>Source: He, Zhang, Ren and Sun, Delving deep into rectifiers, ICCV 2015, equation 10: normal with variance
 * {@code 2 / fan-in}. Checked by: InitializationTest.
 */
public final class Initialization {
    private Initialization() {}

    /** The graph with weights drawn by He's rule; all other constants stay as they are. */
    public static Graph he(Graph graph, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<Integer, Tensor> drawn = new HashMap<>();
        for (Node<?> node : graph.nodes()) {
            weights(node).ifPresent(spec -> {
                int t = node.inputs().get(spec.input());
                drawn.put(t, draw(graph.tensor(t), spec, random));
            });
        }
        List<Tensor> tensors = new ArrayList<>(graph.tensors());
        drawn.forEach(tensors::set);
        return new Graph(tensors, graph.nodes(), graph.inputs(), graph.outputs(), graph.metadata());
    }

    private static <P extends Record> Optional<QuantSpec.Weights> weights(Node<P> node) {
        return node.operator().quantSpec(node.params()).weights();
    }

    private static Tensor draw(Tensor weights, QuantSpec.Weights spec, SplittableRandom random) {
        int channels = weights.shape().dim(Math.max(0, spec.axis()));
        double deviation = StrictMath.sqrt(2.0 * channels / weights.shape().elements());
        float[] values = new float[weights.shape().elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (deviation * gaussian(random));
        }
        return Tensor.constant(weights.name(), weights.shape(), weights.quantization(), TensorData.of(values));
    }

    /**
     * The polar method, on {@link StrictMath}: the JDK's own nextGaussian differs between versions.
     *
     * <p>Source: Knuth, The Art of Computer Programming, volume 2, section 3.4.1, algorithm P.
     */
    private static double gaussian(SplittableRandom random) {
        while (true) {
            double a = 2 * random.nextDouble() - 1;
            double b = 2 * random.nextDouble() - 1;
            double s = a * a + b * b;
            if (s < 1 && s > 0) {
                return a * StrictMath.sqrt(-2 * StrictMath.log(s) / s);
            }
        }
    }
}
