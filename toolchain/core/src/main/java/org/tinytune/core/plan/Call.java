package org.tinytune.core.plan;

/**
 * One call of a kernel: a moment of an inference, as the planner sees it.
 *
 * @param pass number of the pass that makes it
 * @param node index in the graph
 * @param begin first output row
 * @param end one past the last output row
 * @param whole whether the call computes all of the output
 */
record Call(int pass, int node, int begin, int end, boolean whole) {}
