package org.tinytune.search.storage;

import java.util.List;
import java.util.Map;
import org.tinytune.search.trial.FrozenTrial;

/**
 * Keeps one study.
 *
 * <p>Each call takes effect as a whole or not at all, before it returns, and is safe from any thread. A failure to read
 * or write is a {@link org.tinytune.search.StudyException}.
 */
public interface Storage extends AutoCloseable {

    /** What messages call it: the file's path. */
    String name();

    /** What the study was begun with, in order; empty if it has not been begun. */
    Map<String, String> metadata();

    /**
     * Begins the study.
     *
     * @param metadata at least one entry
     * @throws IllegalStateException if it has been begun
     */
    void begin(Map<String, String> metadata);

    /** All trials, by number, without a gap. */
    List<FrozenTrial> trials();

    /**
     * Adds a trial or replaces the one of that number, with all its intermediate values.
     *
     * @throws IllegalArgumentException if a lower number is missing
     */
    void put(FrozenTrial trial);

    /**
     * Adds an intermediate value, or replaces the one of that epoch.
     *
     * @param number of a trial that was put
     * @param epoch at least 0
     * @param value may be NaN
     * @throws IllegalArgumentException if there is no such trial
     */
    void report(int number, int epoch, double value);

    /** Releases the file. Calls after it fail, but for another of this method, which does nothing. */
    @Override
    void close();
}
