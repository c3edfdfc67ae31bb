package org.tinytune.tflite;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.tinytune.core.graph.InvalidModelException;

/** Gathers what a file uses and a graph cannot say, so that all of it is named at once. */
final class Unsupported {
    private static final int MAX_USES = 20;
    private static final int MAX_NODES = 10;

    private final Map<String, List<Integer>> nodesByUse = new LinkedHashMap<>();
    private final Set<String> ends = new LinkedHashSet<>();
    private int nodes;

    /**
     * Notes a node.
     *
     * @param use the operator with its version, and what of it is not supported unless all of it is
     */
    void addNode(int node, String use) {
        nodesByUse.computeIfAbsent(use, key -> new ArrayList<>()).add(node);
        nodes++;
    }

    /** Notes the type of an input or output of the model. */
    void addEnd(String type) {
        ends.add(type);
    }

    /**
     * Ends the gathering.
     *
     * @throws InvalidModelException naming every node and type, if there are any
     */
    void check() {
        List<String> sentences = new ArrayList<>();
        if (nodes > 0) {
            List<String> uses = nodesByUse.entrySet().stream()
                    .map(e -> nodes(e.getValue()) + " " + e.getKey())
                    .toList();
            sentences.add((nodes == 1 ? "1 operator is" : nodes + " operators are") + " not supported: "
                    + limited(uses, MAX_USES, "; "));
        }
        if (!ends.isEmpty()) {
            sentences.add("inputs or outputs of " + limited(List.copyOf(ends), MAX_USES, ", ") + " are not supported");
        }
        if (!sentences.isEmpty()) {
            throw new InvalidModelException(String.join("; ", sentences));
        }
    }

    private static String nodes(List<Integer> nodes) {
        String numbers = limited(nodes.stream().map(String::valueOf).toList(), MAX_NODES, ", ");
        return (nodes.size() == 1 ? "node " : "nodes ") + numbers;
    }

    private static String limited(List<String> items, int limit, String separator) {
        String shown = items.stream().limit(limit).collect(Collectors.joining(separator));
        return items.size() <= limit ? shown : shown + " and " + (items.size() - limit) + " more";
    }
}
