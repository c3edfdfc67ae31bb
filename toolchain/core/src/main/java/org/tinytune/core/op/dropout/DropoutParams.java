package org.tinytune.core.op.dropout;

import org.tinytune.core.graph.InvalidModelException;

/**
 * Parameters of {@code DROPOUT}.
 *
 * @param rate probability of an element to be dropped, in [0, 1)
 */
public record DropoutParams(float rate) {
    /** Checks the range. */
    public DropoutParams {
        if (!(rate >= 0 && rate < 1)) {
            throw new InvalidModelException("dropout rate " + rate + " is not in [0, 1)");
        }
    }
}
