package org.tinytune.train;

import java.util.HashMap;
import java.util.Map;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.graph.QuantSpec;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.Samples;

/**
 * How the activations of a graph are quantized: from the range of real values that each takes on some samples, 0
 * included so that padding is exact.
 *
 * <p>Source: Jacob et al., Quantization and training of neural networks for efficient integer-arithmetic-only
 * inference, CVPR 2018, section 3. Checked by: CalibrationTest.
 */
public final class Calibration {
    /** Samples tell the ranges well enough long before all are seen. */
    private static final int MAX_SAMPLES = 1024;

    private static final int BATCH = 64;
    private static final int MIN = -128;
    private static final int MAX = 127;
    /** Keeps the scale of a tensor that is always 0 above 0. */
    private static final float LEAST_RANGE = 1e-6f;

    private final Map<Integer, Quantization> quantizations;

    private Calibration(Map<Integer, Quantization> quantizations) {
        this.quantizations = quantizations;
    }

    /** The quantization of an activation. */
    public Quantization of(int tensor) {
        return quantizations.get(tensor);
    }

    /**
     * Runs samples through a float graph, without training.
     *
     * @param graph folded
     * @param samples the training part
     */
    public static Calibration run(Graph graph, Samples samples) {
        Map<Integer, float[]> ranges = new HashMap<>();
        SampleFeed feed = SampleFeed.plain(samples, graph.metadata().encoding());
        graph.inputs().forEach(t -> ranges.put(t, feed.range()));
        graph.nodes().forEach(node -> ranges.put(node.output(), new float[2]));
        Network network = new Network(graph, BATCH, false);
        try (Team team = new Team(1)) {
            team.serve(network);
            network.load();
            int[] order = spread(feed.size());
            for (int from = 0; from < order.length; from += BATCH) {
                int count = Math.min(BATCH, order.length - from);
                feed.fill(graph.input(), network.input(), order, from, count, 0);
                team.begin(count, false, 0);
                team.run(network::forward);
                for (Node<?> node : graph.nodes()) {
                    Shape shape = graph.tensor(node.output()).shape();
                    widen(ranges.get(node.output()), network.values(node.output()), count * shape.elements());
                }
            }
        }
        return new Calibration(quantizations(graph, ranges));
    }

    /**
     * The same for ranges that are not known: all activations in [0, 1]. The arithmetic of a graph does not change its
     * size.
     */
    public static Calibration nominal(Graph graph) {
        Map<Integer, float[]> ranges = new HashMap<>();
        graph.inputs().forEach(t -> ranges.put(t, new float[] {0, 1}));
        graph.nodes().forEach(node -> ranges.put(node.output(), new float[] {0, 1}));
        return new Calibration(quantizations(graph, ranges));
    }

    /** Evenly spread over the samples. */
    private static int[] spread(int size) {
        int[] order = new int[Math.min(size, MAX_SAMPLES)];
        for (int i = 0; i < order.length; i++) {
            order[i] = (int) ((long) i * size / order.length);
        }
        return order;
    }

    private static void widen(float[] range, float[] values, int count) {
        for (int i = 0; i < count; i++) {
            range[0] = Math.min(range[0], values[i]);
            range[1] = Math.max(range[1], values[i]);
        }
    }

    private static Map<Integer, Quantization> quantizations(Graph graph, Map<Integer, float[]> ranges) {
        Map<Integer, Quantization> result = new HashMap<>();
        graph.inputs().forEach(t -> result.put(t, affine(ranges.get(t))));
        for (Node<?> node : graph.nodes()) {
            QuantSpec spec = spec(node);
            result.put(
                    node.output(),
                    switch (spec.output()) {
                        case OWN_RANGE -> affine(ranges.get(node.output()));
                        case SAME_AS_INPUT -> result.get(node.inputs().get(0));
                        case FIXED -> spec.fixed().orElseThrow();
                    });
        }
        return result;
    }

    private static <P extends Record> QuantSpec spec(Node<P> node) {
        Operator<P> operator = node.operator();
        return operator.quantSpec(node.params());
    }

    /** The zero point is the integer nearest to where 0 lies. */
    private static Quantization affine(float[] range) {
        float scale = Math.max(LEAST_RANGE, range[1] - range[0]) / (MAX - MIN);
        long zeroPoint = Math.round(MIN - (double) range[0] / scale);
        return Quantization.perTensor(scale, (int) Math.max(MIN, Math.min(MAX, zeroPoint)));
    }
}
