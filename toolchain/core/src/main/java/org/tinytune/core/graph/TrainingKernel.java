package org.tinytune.core.graph;

/**
 * A node made ready for training: forward and backward over the samples of a shard.
 *
 * <p>A step calls {@link #load} once, then {@link #forward} for every shard and, if it trains, {@link #backward} for
 * every shard; different shards may run at the same time. {@link #settle} ends it.
 */
public interface TrainingKernel {
    /** Floats of scratch that a call needs. */
    default int scratch() {
        return 0;
    }

    /** Prepares what depends on constants only: packs weights, quantizes them. */
    default void load() {}

    /** Computes the output of the shard's samples. */
    void forward(Shard shard);

    /** From the gradient of the output, computes those of the operands. */
    void backward(Shard shard);

    /**
     * What follows from the gradients of constants once those of all shards are summed up in shard 0: the gradient of
     * scales that are learned, and that weights which were cut off have none. Called once, by one thread, and only
     * where scales are learned.
     */
    default void settle() {}

    /**
     * What has to be known of the whole batch before a pass; {@code null} for all kernels to which one sample is as
     * good as many.
     */
    default BatchStatistics statistics() {
        return null;
    }

    /**
     * Passes over the batch as a whole; {@code null} for all kernels that need none, which are those that are as fast
     * on a few samples as on many.
     */
    default BatchPasses batch() {
        return null;
    }

    /**
     * Passes that are divided by outputs, not by samples: where a sample is a single row, the products of a shard would
     * be too small. {@link #forward} and {@link #backward} of the kernel are what a shard does after the first and
     * before the second.
     */
    interface BatchPasses {
        /** Prepares the shard's samples, before {@link #forward}. */
        void stage(Shard shard);

        /** How many parts the forward pass has; they may run at the same time. */
        int forwardUnits();

        /**
         * A part of the forward pass.
         *
         * @param samples of the batch
         * @param scratch of the thread, as much as {@link TrainingKernel#scratch} says
         */
        void forward(int unit, int samples, float[] scratch);

        /** How many parts the backward pass has; they may run at the same time. */
        int backwardUnits();

        /** A part of the backward pass. It adds to the constants' gradients of shard 0. */
        void backward(int unit, int samples, float[] scratch);

        /** Completes the gradients of the shard's samples, when all parts of the backward pass are done. */
        default void completeBackward(Shard shard) {}
    }

    /**
     * Sums over the batch. Before a pass in training, every shard adds up its own samples; when all have, one thread
     * combines the sums in the order of the shards.
     */
    interface BatchStatistics {
        /** Sums up the shard's inputs, before {@link TrainingKernel#forward}. */
        void sumForward(Shard shard);

        /** Combines the sums of all shards. */
        void combineForward(int samples);

        /** Sums up the shard's gradients, before {@link TrainingKernel#backward}. */
        void sumBackward(Shard shard);

        /** Combines the sums of all shards. */
        void combineBackward(int samples);
    }
}
