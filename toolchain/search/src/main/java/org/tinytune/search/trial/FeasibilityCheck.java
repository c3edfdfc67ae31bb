package org.tinytune.search.trial;

import org.tinytune.search.space.Parameters;

/**
 * Rejects what cannot fit before it is evaluated.
 *
 * <p>A check is a function of the parameters alone: it may be slow, and may keep what it computed, but two calls with
 * equal parameters must agree, in another process too. It is called by one thread at a time.
 */
@FunctionalInterface
public interface FeasibilityCheck {
    /** Rejects nothing. */
    FeasibilityCheck NONE = parameters -> Feasibility.UNCONSTRAINED;

    /** Checks the parameters of a trial that has just been proposed. */
    Feasibility check(Parameters parameters);
}
