package org.tinytune.core.sim;

/** Sees what every operator computes, as it was before anything overwrote it. */
@FunctionalInterface
public interface SimulationObserver {
    /** Sees nothing. */
    SimulationObserver NONE = (node, tensor, bytes) -> {};

    /**
     * Called after an inference for each output of each node, in the order of the graph: the plan may run the nodes in
     * another, or several at a time.
     *
     * @param node index of the node in the graph
     * @param tensor index of the output in the graph
     * @param bytes all of the output, even if the plan holds only a few of its rows at a time; the observer's to keep
     */
    void computed(int node, int tensor, byte[] bytes);
}
