package org.tinytune.core.op;

import org.tinytune.core.graph.Operator;

/**
 * An operator that turns logits into probabilities. Where it ends a network, a loss that computes these by itself looks
 * at its input: the gradient of both together is simple, and does not vanish where probabilities are rounded to 0 or 1.
 *
 * @param <P> the operator's parameters
 */
public interface Probabilities<P extends Record> extends Operator<P> {
    /** Whether each output is a yes or no of its own; otherwise exactly one of them is true, and they add up to 1. */
    boolean areIndependent();
}
