package org.tinytune.train.network;

import org.tinytune.core.vector.VectorMath;
import org.tinytune.core.vector.VectorProvider;

/**
 * How a network is run.
 *
 * @param arithmetic of the forward pass
 * @param training whether there will be backward passes
 * @param steps of a sample, for a network with states; otherwise 1
 * @param maxSamples of a batch
 * @param shards that a batch is divided into; results depend on it
 * @param threads that share the shards; results do not depend on it
 * @param math the loops; results do not depend on it
 * @param lossOnLogits whether a loss looks at logits where probabilities end the network, or at the output itself
 */
public record NetworkOptions(
        Arithmetic arithmetic,
        boolean training,
        int steps,
        int maxSamples,
        int shards,
        int threads,
        VectorMath math,
        boolean lossOnLogits) {

    /** More would make matrices too small, fewer would leave cores idle. */
    public static final int SHARDS = 8;

    /** The numbers of a forward pass. */
    public enum Arithmetic {
        /** Real numbers. */
        FLOAT32,
        /** The integers that a board computes. */
        INT8
    }

    /** To train. */
    public static NetworkOptions training(Arithmetic arithmetic, int maxSamples, int threads) {
        return new NetworkOptions(arithmetic, true, 1, maxSamples, SHARDS, threads, VectorProvider.get(), true);
    }

    /** To run forward only. */
    public static NetworkOptions inference(Arithmetic arithmetic, int maxSamples, int threads) {
        return new NetworkOptions(arithmetic, false, 1, maxSamples, SHARDS, threads, VectorProvider.get(), true);
    }

    /** The same with other loops. */
    public NetworkOptions withMath(VectorMath other) {
        return new NetworkOptions(arithmetic, training, steps, maxSamples, shards, threads, other, lossOnLogits);
    }

    /** The same with a loss that looks at logits, or at the output. */
    public NetworkOptions withLossOnLogits(boolean other) {
        return new NetworkOptions(arithmetic, training, steps, maxSamples, shards, threads, math, other);
    }

    /** The same for samples that are sequences of so many steps. */
    public NetworkOptions withSteps(int other) {
        return new NetworkOptions(arithmetic, training, other, maxSamples, shards, threads, math, lossOnLogits);
    }

    /** Steps of the largest batch. */
    int maxEntries() {
        return Math.multiplyExact(maxSamples, steps);
    }

    /** Steps of the largest shard. */
    int maxShardEntries() {
        return (maxSamples + shards - 1) / shards * steps;
    }
}
