package org.tinytune.search.trial;

import java.util.SplittableRandom;
import org.tinytune.search.space.Parameters;

/** A trial as its objective sees it, while it is evaluated. */
public interface TrialContext {

    /** The trial as it was proposed, with the constraint values and attributes of the check. */
    FrozenTrial trial();

    /** The trial's number. */
    default int number() {
        return trial().number();
    }

    /** The trial's parameters. */
    default Parameters parameters() {
        return trial().parameters();
    }

    /**
     * A seed that belongs to this trial and purpose, and follows from the study's seed and the trial's number.
     *
     * @param purpose what it is for, as in {@code "initial weights"}
     */
    long seed(String purpose);

    /** The random stream of {@link #seed}, from its start. */
    default SplittableRandom random(String purpose) {
        return new SplittableRandom(seed(purpose));
    }

    /**
     * Keeps an intermediate value.
     *
     * @param epoch at least 0; a second value for an epoch replaces the first
     * @param value usually of the first objective; may be NaN
     */
    void report(int epoch, double value);

    /** Whether the run has been interrupted or is out of time; to be asked several times a second. */
    boolean isStopRequested();

    /**
     * Gives up if the run has been interrupted or is out of time.
     *
     * @throws TrialStoppedException if so
     */
    default void throwIfStopRequested() {
        if (isStopRequested()) {
            throw new TrialStoppedException();
        }
    }
}
