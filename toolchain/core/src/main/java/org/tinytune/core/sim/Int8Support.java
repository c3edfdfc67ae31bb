package org.tinytune.core.sim;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Node;

/** Whether boards and simulator can run a graph: types, quantization and options of every node. */
public final class Int8Support {
    private static final int MAX_NODES = 20;

    private Int8Support() {}

    /**
     * Checks that there is a kernel of integers for every node.
     *
     * @param names of the nodes, for the message; nodes of one name are named once for the same reason
     * @throws InvalidModelException naming all nodes for which there is none, with the reason
     */
    public static void require(Graph graph, List<String> names) {
        Set<String> reasons = new LinkedHashSet<>();
        for (int n = 0; n < graph.nodes().size(); n++) {
            String name = names.get(n);
            reason(graph, graph.nodes().get(n)).ifPresent(reason -> reasons.add(name + " (" + reason + ")"));
        }
        if (!reasons.isEmpty()) {
            int more = reasons.size() - MAX_NODES;
            throw new InvalidModelException((reasons.size() == 1 ? "1 operator" : reasons.size() + " operators")
                    + " cannot be computed in integers: "
                    + reasons.stream().limit(MAX_NODES).collect(Collectors.joining("; "))
                    + (more > 0 ? " and " + more + " more" : ""));
        }
    }

    private static Optional<String> reason(Graph graph, Node<?> node) {
        try {
            PreparedKernels.prepare(graph, node);
            return Optional.empty();
        } catch (InvalidModelException e) {
            return Optional.of(e.getMessage());
        }
    }
}
