package org.tinytune.core.op.dropout;

import org.tinytune.core.graph.InvalidModelException;

/**
 * Parameters of {@code DROPOUT}.
 *
 * @param rate probability of an element, or channel, to be dropped, in [0, 1)
 * @param spatial whether whole channels of a sample are dropped, all their pixels alike
 */
public record DropoutParams(float rate, boolean spatial) {
    /** Checks the range. */
    public DropoutParams {
        if (!(rate >= 0 && rate < 1)) {
            throw new InvalidModelException("dropout rate " + rate + " is not in [0, 1)");
        }
    }

    /** Drops element by element. */
    public DropoutParams(float rate) {
        this(rate, false);
    }

    /** Drops channel by channel. */
    public static DropoutParams spatial(float rate) {
        return new DropoutParams(rate, true);
    }
}
