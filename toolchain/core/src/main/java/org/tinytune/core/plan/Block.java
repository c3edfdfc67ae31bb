package org.tinytune.core.plan;

/**
 * Bytes of the arena that belong together for a while: a tensor with all that overwrite it in place, or a scratch.
 *
 * @param bytes that it occupies
 * @param firstStep first step at which they are in use; -1 for a graph input
 * @param lastStep last step at which they are in use, inclusive
 */
record Block(int bytes, int firstStep, int lastStep) {
    /** Whether both are in use at some step, so that they must not share a byte. */
    boolean meets(Block other) {
        return firstStep <= other.lastStep && other.firstStep <= lastStep;
    }

    /** The same bytes, in use for longer. */
    Block until(int step) {
        return new Block(bytes, firstStep, Math.max(lastStep, step));
    }
}
