package org.tinytune.search.study;

/** Why a run ended. */
public enum RunOutcome {
    /** The study has as many trials as were asked for. */
    COMPLETE,
    /** The time was up. */
    TIME_LIMIT,
    /** {@link StudyRunner#requestStop} was called. */
    INTERRUPTED,
    /** Too many proposals in a row were rejected by the feasibility check. */
    NO_FEASIBLE_PROPOSAL
}
