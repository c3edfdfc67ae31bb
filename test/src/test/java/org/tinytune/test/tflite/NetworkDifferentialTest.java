package org.tinytune.test.tflite;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.testing.RandomGraphs;

class NetworkDifferentialTest {
    @Test
    void everyTensorEqualsTheReferenceInterpreters() {
        compare(0, 300);
    }

    @Test
    @Tag("slow")
    void everyTensorOfManyMoreNetworksEqualsTheReferenceInterpreters() {
        compare(1_000_000, 1_010_000);
    }

    private static void compare(long first, long end) {
        for (long seed = first; seed < end; seed++) {
            Graph graph = RandomGraphs.network(seed);
            Differential.assertEqual(
                    "network seed " + seed,
                    graph,
                    List.of(RandomGraphs.inputs(graph, seed), RandomGraphs.inputs(graph, ~seed)));
        }
    }
}
