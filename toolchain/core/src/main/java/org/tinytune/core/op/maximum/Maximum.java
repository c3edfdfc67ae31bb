package org.tinytune.core.op.maximum;

import org.tinytune.core.op.ExtremumOperator;

/** {@code MAXIMUM}: the greater of each pair of elements. */
public final class Maximum extends ExtremumOperator {
    /** The operator. */
    public static final Maximum INSTANCE = new Maximum();

    private Maximum() {
        super("MAXIMUM", 55, true);
    }
}
