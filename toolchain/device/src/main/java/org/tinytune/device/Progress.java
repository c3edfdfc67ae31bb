package org.tinytune.device;

/** Told how far a transfer or a series of runs has come. */
@FunctionalInterface
public interface Progress {
    /** Nobody wants to know. */
    Progress NONE = (done, total) -> {};

    /**
     * Called after each step, in order.
     *
     * @param done steps behind us, in [1, total]
     * @param total all steps
     */
    void update(int done, int total);
}
