package org.tinytune.core.sim;

/** Sees what every operator computes, before anything overwrites it. */
@FunctionalInterface
public interface SimulationObserver {
    /** Sees nothing. */
    SimulationObserver NONE = (node, tensor, bytes) -> {};

    /**
     * Called right after the last row of an output.
     *
     * @param node index of the node in the graph
     * @param tensor index of the output in the graph
     * @param bytes all of the output, even if the plan holds only a few of its rows at a time; the observer's to keep
     */
    void computed(int node, int tensor, byte[] bytes);
}
