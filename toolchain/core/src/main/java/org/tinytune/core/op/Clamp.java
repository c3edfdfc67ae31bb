package org.tinytune.core.op;

import org.tinytune.core.graph.Operator;

/** An operator that does nothing but clamp, which a {@link Fusing} operator in front of it can do as well. */
public interface Clamp extends Operator<NoParams> {
    /** Its bounds. */
    Activation activation();
}
