package org.tinytune.train.network;

import org.tinytune.core.vector.VectorMath;
import org.tinytune.core.vector.VectorProvider;
import org.tinytune.train.range.RangeLearning;
import org.tinytune.train.range.RangeLearnings;
import org.tinytune.train.range.WeightScaling;
import org.tinytune.train.range.WeightScalings;

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
 * @param ranges how the quantization of activations is learned, where they are integers
 * @param scaling where the scales of weights come from, where activations are integers
 */
public record NetworkOptions(
        Arithmetic arithmetic,
        boolean training,
        int steps,
        int maxSamples,
        int shards,
        int threads,
        VectorMath math,
        boolean lossOnLogits,
        RangeLearning ranges,
        WeightScaling scaling) {

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
        return of(arithmetic, true, maxSamples, threads);
    }

    /** To run forward only. */
    public static NetworkOptions inference(Arithmetic arithmetic, int maxSamples, int threads) {
        return of(arithmetic, false, maxSamples, threads);
    }

    private static NetworkOptions of(Arithmetic arithmetic, boolean training, int maxSamples, int threads) {
        VectorMath math = VectorProvider.get();
        return new NetworkOptions(
                arithmetic,
                training,
                1,
                maxSamples,
                SHARDS,
                threads,
                math,
                true,
                RangeLearnings.STATIC,
                WeightScalings.MAGNITUDE);
    }

    /** The same with other loops. */
    public NetworkOptions withMath(VectorMath other) {
        return new NetworkOptions(
                arithmetic, training, steps, maxSamples, shards, threads, other, lossOnLogits, ranges, scaling);
    }

    /** The same with a loss that looks at logits, or at the output. */
    public NetworkOptions withLossOnLogits(boolean other) {
        return new NetworkOptions(
                arithmetic, training, steps, maxSamples, shards, threads, math, other, ranges, scaling);
    }

    /** The same with quantization that is learned. */
    public NetworkOptions withRanges(RangeLearning other) {
        return new NetworkOptions(
                arithmetic, training, steps, maxSamples, shards, threads, math, lossOnLogits, other, scaling);
    }

    /** The same with scales of weights that come from elsewhere. */
    public NetworkOptions withScaling(WeightScaling other) {
        return new NetworkOptions(
                arithmetic, training, steps, maxSamples, shards, threads, math, lossOnLogits, ranges, other);
    }

    /** Whether the scales of weights are learned. */
    boolean learnsScales() {
        return training && arithmetic == Arithmetic.INT8 && scaling.learns();
    }

    /** Whether the quantization of activations is learned. */
    boolean learnsRanges() {
        return training && arithmetic == Arithmetic.INT8 && ranges.numbers() > 0;
    }

    /** The same for samples that are sequences of so many steps. */
    public NetworkOptions withSteps(int other) {
        return new NetworkOptions(
                arithmetic, training, other, maxSamples, shards, threads, math, lossOnLogits, ranges, scaling);
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
