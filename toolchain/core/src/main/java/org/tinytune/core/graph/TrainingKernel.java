package org.tinytune.core.graph;

/**
 * A node made ready for training: forward and backward over the samples of a shard.
 *
 * <p>A step calls {@link #load} once, then {@link #forward} for every shard and, if it trains, {@link #backward} for
 * every shard; different shards may run at the same time.
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
     * What has to be known of the whole batch before a pass; {@code null} for all kernels to which one sample is as
     * good as many.
     */
    default BatchStatistics statistics() {
        return null;
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
