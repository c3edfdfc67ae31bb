package org.tinytune.core.op;

import org.tinytune.core.graph.Operator;

/**
 * An operator that can clamp its own output, so that an activation behind it need not be an operator of its own.
 *
 * @param <P> the operator's parameters
 */
public interface Fusing<P extends Record> extends Operator<P> {
    /** The activation that the parameters state. */
    Activation activation(P params);

    /** The same parameters with another activation. */
    P withActivation(P params, Activation activation);
}
