package org.tinytune.search.trial;

/** Where a trial is in its life. */
public enum TrialState {
    /** Proposed, found feasible, not yet evaluated: at work, or interrupted and to be evaluated again. */
    RUNNING,
    /** Evaluated; it may still violate a constraint that only the evaluation could measure. */
    COMPLETE,
    /** Rejected by the feasibility check and never evaluated; its constraint values say by how much. */
    INFEASIBLE,
    /** Evaluated without a usable objective value, as when training diverges. */
    FAILED,
    /** Given up before its end because it was not promising. */
    PRUNED;

    /** Whether nothing will change any more. */
    public boolean isFinished() {
        return this != RUNNING;
    }
}
