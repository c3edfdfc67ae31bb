package org.tinytune.core.op.minimum;

import org.tinytune.core.op.ExtremumOperator;

/** {@code MINIMUM}: the lesser of each pair of elements. */
public final class Minimum extends ExtremumOperator {
    /** The operator. */
    public static final Minimum INSTANCE = new Minimum();

    private Minimum() {
        super("MINIMUM", 57, false);
    }
}
