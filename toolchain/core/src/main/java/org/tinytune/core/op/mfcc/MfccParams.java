package org.tinytune.core.op.mfcc;

import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.op.MelParams;

/**
 * Parameters of {@code MFCC}.
 *
 * @param mel the bands
 * @param coefficients how many of the first, in [1, bands]
 */
public record MfccParams(MelParams mel, int coefficients) {
    /**
     * Checks the number of coefficients.
     *
     * @throws InvalidModelException if there are none, or more than bands
     */
    public MfccParams {
        if (coefficients < 1 || coefficients > mel.bands()) {
            throw new InvalidModelException(coefficients + " coefficients of " + mel.bands() + " bands");
        }
    }
}
