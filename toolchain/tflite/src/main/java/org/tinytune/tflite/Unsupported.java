package org.tinytune.tflite;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.tinytune.core.graph.InvalidModelException;

/** Gathers what a file uses and a graph cannot say, so that all of it is named at once. */
final class Unsupported {
    private static final int MAX_FEATURES = 20;
    private static final int MAX_NODES = 10;

    private final Map<String, List<Integer>> nodesByFeature = new LinkedHashMap<>();

    /** Notes a feature of the model as a whole. */
    void add(String feature) {
        nodesByFeature.putIfAbsent(feature, new ArrayList<>());
    }

    /** Notes a feature that a node uses. */
    void add(String feature, int node) {
        nodesByFeature.computeIfAbsent(feature, key -> new ArrayList<>()).add(node);
    }

    /**
     * Ends the gathering.
     *
     * @throws InvalidModelException naming every feature and its nodes, if there are any
     */
    void check() {
        if (!nodesByFeature.isEmpty()) {
            throw new InvalidModelException("not supported: "
                    + limited(
                            nodesByFeature.entrySet().stream()
                                    .map(e -> e.getKey() + nodes(e.getValue()))
                                    .toList(),
                            MAX_FEATURES));
        }
    }

    private static String nodes(List<Integer> nodes) {
        if (nodes.isEmpty()) {
            return "";
        }
        String numbers = limited(nodes.stream().map(String::valueOf).toList(), MAX_NODES);
        return (nodes.size() == 1 ? " (node " : " (nodes ") + numbers + ")";
    }

    private static String limited(List<String> items, int limit) {
        String shown = items.stream().limit(limit).collect(Collectors.joining(", "));
        return items.size() <= limit ? shown : shown + " and " + (items.size() - limit) + " more";
    }
}
