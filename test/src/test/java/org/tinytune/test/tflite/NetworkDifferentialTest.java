package org.tinytune.test.tflite;

import java.util.List;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.testing.RandomGraphs;

class NetworkDifferentialTest {
    @Test
    void everyTensorEqualsTheReferenceInterpreters() {
        compare("network", RandomGraphs::network, 0, 300);
    }

    @Test
    void everyTensorOfForeignNetworksEqualsTheReferenceInterpreters() {
        compare("foreign network", RandomGraphs::foreignNetwork, 0, 300);
    }

    @Test
    void everyTensorOfInt16NetworksEqualsTheReferenceInterpreters() {
        compare("int16 network", RandomGraphs::int16Network, 0, 300);
    }

    @Test
    @Tag("slow")
    void everyTensorOfManyMoreNetworksEqualsTheReferenceInterpreters() {
        compare("network", RandomGraphs::network, 1_000_000, 1_010_000);
        compare("foreign network", RandomGraphs::foreignNetwork, 1_000_000, 1_010_000);
        compare("int16 network", RandomGraphs::int16Network, 1_000_000, 1_010_000);
    }

    private static void compare(String kind, LongFunction<Graph> networks, long first, long end) {
        for (long seed = first; seed < end; seed++) {
            Graph graph = networks.apply(seed);
            if (!Differential.isKnown(graph)) {
                continue;
            }
            Differential.assertEqual(
                    kind + " seed " + seed,
                    graph,
                    List.of(RandomGraphs.inputs(graph, seed), RandomGraphs.inputs(graph, ~seed)));
        }
    }
}
