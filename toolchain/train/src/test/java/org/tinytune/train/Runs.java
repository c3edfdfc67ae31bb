package org.tinytune.train;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.Graph;
import org.tinytune.train.network.Network;
import org.tinytune.train.network.NetworkOptions;
import org.tinytune.train.network.NetworkOptions.Arithmetic;

/** Runs float graphs forward. */
public final class Runs {
    private Runs() {}

    /** What the first output is for this input, as it will be once training is over. */
    public static float[] infer(Graph graph, float... input) {
        try (Network network = new Network(graph, NetworkOptions.inference(Arithmetic.FLOAT32, 1, 1))) {
            FloatSpan in = network.values(graph.inputs().get(0));
            System.arraycopy(input, 0, in.array(), in.offset(), input.length);
            network.infer(1, shard -> {}, shard -> {});
            FloatSpan out = network.values(graph.outputs().get(0));
            int elements = graph.output().shape().elements();
            return Arrays.copyOfRange(out.array(), out.offset(), out.offset() + elements);
        }
    }

    /** Input values in [-1, 1]. */
    public static float[] input(Graph graph, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[graph.input().shape().elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }
}
