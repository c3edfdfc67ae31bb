/**
 * The model IR, and what an operator owes to it.
 *
 * <p>{@link org.tinytune.core.graph.Graph} is the only model that anyone passes around: the trainer, the TFLite codec,
 * the planner, the cost model, the simulator and the C generator all read it. {@link org.tinytune.core.graph.Operator}
 * is the contract that each operator's package under {@code op} fulfils; it stands here, beside
 * {@link org.tinytune.core.graph.Node}, so that the graph knows no concrete operator.
 *
 * <p>Depends on {@code tensor} and {@code quant}.
 */
package org.tinytune.core.graph;
