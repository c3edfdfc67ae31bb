package org.tinytune.cli.model;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.tinytune.core.graph.Graph;

/** Noise for models that come without data: the same bytes for the same seed. */
public final class SeededInputs {
    private SeededInputs() {}

    /**
     * One inference's inputs.
     *
     * @return uniform bytes, one array for each input of the graph
     */
    public static List<byte[]> of(Graph graph, SplittableRandom random) {
        List<byte[]> inputs = new ArrayList<>();
        for (int tensor : graph.inputs()) {
            byte[] bytes = new byte[graph.tensor(tensor).bytes()];
            random.nextBytes(bytes);
            inputs.add(bytes);
        }
        return inputs;
    }

    /** The inputs of several inferences of a graph with one input. */
    public static List<byte[]> of(Graph graph, long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        List<byte[]> samples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            samples.add(of(graph, random).get(0));
        }
        return samples;
    }
}
