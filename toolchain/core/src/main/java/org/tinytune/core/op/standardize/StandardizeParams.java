package org.tinytune.core.op.standardize;

import org.tinytune.core.graph.InvalidModelException;

/**
 * Parameters of {@code STANDARDIZE}.
 *
 * @param shift by which products are shifted right, in [{@value #MIN_SHIFT}, {@value #MAX_SHIFT}]
 */
public record StandardizeParams(int shift) {
    /** Products are rounded, so that there is a bit to lose. */
    public static final int MIN_SHIFT = 1;

    /** A product is at most 2^30 in magnitude, and half of the last bit's weight is added to it. */
    public static final int MAX_SHIFT = 29;

    /**
     * Checks the shift.
     *
     * @throws InvalidModelException if it is out of range
     */
    public StandardizeParams {
        if (shift < MIN_SHIFT || shift > MAX_SHIFT) {
            throw new InvalidModelException(
                    "a shift of " + shift + " is not in [" + MIN_SHIFT + ", " + MAX_SHIFT + "]");
        }
    }
}
