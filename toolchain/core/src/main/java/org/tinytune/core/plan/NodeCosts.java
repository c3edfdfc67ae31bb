package org.tinytune.core.plan;

import java.util.List;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Node;

/** The variant of each node's kernel that is taken, the target's first, and the scratch that it needs. */
final class NodeCosts {
    private final List<String> variants;
    private final int[] scratchBytes;

    NodeCosts(Graph graph, TargetCosts costs) {
        variants = graph.nodes().stream()
                .map(node -> costs.variants(graph, node).get(0))
                .toList();
        scratchBytes = new int[variants.size()];
        for (int n = 0; n < scratchBytes.length; n++) {
            Node<?> node = graph.nodes().get(n);
            scratchBytes[n] = costs.scratchBytes(graph, node, variants.get(n));
        }
    }

    /** The variant of a node's kernel. */
    String variant(int node) {
        return variants.get(node);
    }

    /** Scratch of a node's kernel. */
    int scratchBytes(int node) {
        return scratchBytes[node];
    }

    /** The most scratch that a node of a pass needs. */
    int scratchBytes(Segment segment) {
        return segment.nodes().stream().mapToInt(this::scratchBytes).max().orElse(0);
    }
}
