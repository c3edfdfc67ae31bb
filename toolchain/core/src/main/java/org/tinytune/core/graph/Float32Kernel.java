package org.tinytune.core.graph;

import java.util.Set;

/**
 * How an operator is trained in float: forward and backward over batches.
 *
 * @param <P> the operator's parameters
 */
@FunctionalInterface
public interface Float32Kernel<P extends Record> {
    /**
     * Derives what does not change from step to step.
     *
     * @param operands with batch 1, all floats
     * @param buffers to work on
     */
    TrainingKernel prepare(P params, Operands operands, TrainingBuffers buffers);

    /**
     * Operands that are constants of the graph but not trained: the kernel itself keeps them up to date, as batch norm
     * does its running averages.
     */
    default Set<Integer> runningAverages() {
        return Set.of();
    }

    /**
     * Whether the gradients of constants are computed by {@link TrainingKernel.BatchPasses}, here and in
     * {@link QatKernel}, so that shards need none of their own.
     */
    default boolean passesOverBatch() {
        return false;
    }
}
