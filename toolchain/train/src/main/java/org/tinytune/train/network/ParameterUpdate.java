package org.tinytune.train.network;

/**
 * What is done to the parameters once the gradients of a step are summed up: one pass over all ranges or several, each
 * of which begins when the one before it has ended.
 */
@FunctionalInterface
public interface ParameterUpdate {
    /**
     * Updates a range; threads update different ones at the same time.
     *
     * @param pass in [0, passes)
     */
    void update(ParameterRange range, int pass);

    /** Number of passes, 1 or more. */
    default int passes() {
        return 1;
    }

    /** Called by one thread before a pass. */
    default void beginPass(int pass) {}
}
