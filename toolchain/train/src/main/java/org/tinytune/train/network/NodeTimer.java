package org.tinytune.train.network;

/** Told how long nodes take, a part of a batch at a time. */
@FunctionalInterface
public interface NodeTimer {
    /**
     * A thread has done a part of a pass.
     *
     * @param node index in the graph
     * @param pass of the node
     * @param nanos that it took; called from several threads at a time
     */
    void ran(int node, Pass pass, long nanos);
}
