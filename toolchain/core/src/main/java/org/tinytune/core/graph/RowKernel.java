package org.tinytune.core.graph;

/**
 * A prepared kernel of int8 or int16. Holds no state from one call to the next, so it may be shared by threads; an
 * operator's state is an operand.
 */
@FunctionalInterface
public interface RowKernel {
    /**
     * Computes the output rows {@code begin} (inclusive) to {@code end} (exclusive).
     *
     * @param inputs the operands that are int8 or int16, and states, {@code null} for the others; kernels write to
     *     states only
     * @param outputs the outputs
     */
    void run(Rows[] inputs, Rows[] outputs, int begin, int end);
}
