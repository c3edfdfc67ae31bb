package org.tinytune.search.trial;

/** Thrown by an objective that gives up because it was asked to stop. Its trial will be evaluated again. */
public final class TrialStoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says nothing but that the evaluation did not end. */
    public TrialStoppedException() {
        super("the evaluation was stopped");
    }
}
