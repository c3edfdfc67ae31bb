package org.tinytune.train;

import java.util.Arrays;
import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.Shard;
import org.tinytune.data.Samples;
import org.tinytune.train.network.Network;
import org.tinytune.train.network.NetworkOptions;
import org.tinytune.train.network.NetworkOptions.Arithmetic;
import org.tinytune.train.quantize.RealRange;

/**
 * The ranges of real values that activations take on some samples.
 *
 * <p>Source: Jacob et al., Quantization and training of neural networks for efficient integer-arithmetic-only
 * inference, CVPR 2018, section 3. Checked by: CalibrationTest.
 */
public final class Calibration {
    /** Samples tell the ranges well enough long before all are seen. */
    private static final int MAX_SAMPLES = 1024;

    private static final int BATCH = 64;
    private static final RealRange NOMINAL = RealRange.of(0, 1);

    private Calibration() {}

    /**
     * The ranges of a folded float graph, by tensor; {@code null} for constants.
     *
     * @param samples the training part
     */
    public static RealRange[] run(Graph graph, Samples samples) {
        SampleFeed feed = SampleFeed.plain(samples, graph.metadata().encoding());
        RealRange[] ranges = new RealRange[graph.tensors().size()];
        graph.inputs().forEach(t -> ranges[t] = feed.range());
        graph.nodes().forEach(node -> ranges[node.output()] = RealRange.of(0, 0));
        int[] order = spread(feed.size());
        try (Network network = new Network(graph, NetworkOptions.inference(Arithmetic.FLOAT32, BATCH, 1))) {
            FloatSpan input = network.values(graph.inputs().get(0));
            for (int from = 0; from < order.length; from += BATCH) {
                int first = from;
                network.infer(
                        Math.min(BATCH, order.length - from),
                        shard -> feed.fill(graph.input(), input, order, first, shard, 0),
                        shard -> widen(ranges, network, shard));
            }
        }
        return ranges;
    }

    /** Of a graph that nothing is known of yet; the arithmetic of a graph does not change its size. */
    public static RealRange[] nominal(Graph graph) {
        RealRange[] ranges = new RealRange[graph.tensors().size()];
        Arrays.fill(ranges, NOMINAL);
        return ranges;
    }

    /** Evenly spread over the samples. */
    private static int[] spread(int size) {
        int[] order = new int[Math.min(size, MAX_SAMPLES)];
        for (int i = 0; i < order.length; i++) {
            order[i] = (int) ((long) i * size / order.length);
        }
        return order;
    }

    private static void widen(RealRange[] ranges, Network network, Shard shard) {
        for (Node<?> node : network.graph().nodes()) {
            int t = node.output();
            FloatSpan values = network.values(t);
            int elements = network.graph().tensor(t).shape().elements();
            float min = ranges[t].min();
            float max = ranges[t].max();
            for (int i = shard.begin() * elements; i < shard.end() * elements; i++) {
                min = Math.min(min, values.array()[values.offset() + i]);
                max = Math.max(max, values.array()[values.offset() + i]);
            }
            ranges[t] = RealRange.of(min, max);
        }
    }
}
