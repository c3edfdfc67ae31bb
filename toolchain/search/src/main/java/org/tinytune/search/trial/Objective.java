package org.tinytune.search.trial;

/** What is to be optimised. */
@FunctionalInterface
public interface Objective {

    /**
     * Evaluates a trial; several at once, on different threads.
     *
     * <p>The result must follow from the trial's parameters, number and seeds alone: not from the thread, the time, or
     * other trials. What goes wrong because of the parameters, as training that diverges, is a
     * {@linkplain TrialResult#failed failed} result. An exception stops the whole run, and the trial is evaluated again
     * when the study is resumed.
     *
     * @throws TrialStoppedException if it gave up because {@link TrialContext#isStopRequested} is true; it must not
     *     return a result of work that is only half done
     */
    TrialResult evaluate(TrialContext trial);
}
