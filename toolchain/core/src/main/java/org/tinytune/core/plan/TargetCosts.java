package org.tinytune.core.plan;

import java.util.List;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Node;

/** What the planner needs to know of a target; implemented where C is known. */
public interface TargetCosts {
    /** A target whose kernels need no scratch and have one variant each. */
    TargetCosts NONE = new TargetCosts() {
        @Override
        public int scratchBytes(Graph graph, Node<?> node, String variant) {
            return 0;
        }

        @Override
        public List<String> variants(Graph graph, Node<?> node) {
            return List.of("");
        }
    };

    /** Bytes of scratch that the node's kernel needs in the arena while it runs. */
    int scratchBytes(Graph graph, Node<?> node, String variant);

    /** The kernel variants that could serve the node, the default first. */
    List<String> variants(Graph graph, Node<?> node);
}
