package org.tinytune.core.op.leakyrelu;

import org.tinytune.core.graph.InvalidModelException;

/**
 * Parameters of {@code LEAKY_RELU}.
 *
 * @param alpha slope of the negative values, finite, at least 0
 */
public record LeakyReluParams(float alpha) {
    /** Checks the range. */
    public LeakyReluParams {
        if (!(alpha >= 0 && alpha < Float.POSITIVE_INFINITY)) {
            throw new InvalidModelException("slope " + alpha + " of negative values is not a number of 0 or more");
        }
    }
}
