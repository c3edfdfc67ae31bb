package org.tinytune.core.graph;

import org.tinytune.core.vector.VectorMath;

/**
 * The buffers of one node, planned once for the largest batch.
 *
 * <p>An activation holds its samples one behind the other, each of as many elements as the tensor has with batch 1. An
 * int8 activation holds its integers as whole floats; its gradient, as every gradient, is that of the <em>real</em>
 * value. Every buffer has {@link VectorMath#SLACK} elements more than it uses.
 *
 * <p>In a network with states, a sample is a sequence of {@link #steps} steps, and each of them is one of the batch's
 * entries, that is, all that a kernel without a state calls a sample. The steps of a sequence lie one behind the other
 * in one shard. Of a state, an entry holds what its step adds, not what it keeps of the steps before.
 */
public interface TrainingBuffers {
    /** The loops to compute with. */
    VectorMath math();

    /** Index of the node, for random streams. */
    int node();

    /** Steps of a sequence: entry {@code n} is step {@code n mod steps} of its own. 1 in a network without states. */
    int steps();

    /** Samples of the largest batch. */
    int maxSamples();

    /** Samples of the largest shard. */
    int maxShardSamples();

    /** Number of shards. */
    int shards();

    /** The values of an operand: all samples of an activation, or the elements of a constant once. */
    FloatSpan input(int operand);

    /** The values of the output, which the forward pass writes. */
    FloatSpan output();

    /**
     * The gradient of an operand that is an activation, which the backward pass overwrites; {@code null} if nobody
     * needs it.
     */
    FloatSpan inputGradient(int operand);

    /** The gradient of the output. The backward pass may change it: nobody reads it afterwards. */
    FloatSpan outputGradient();

    /**
     * The gradient of an operand that is a trained constant. Each shard adds to each element <em>once</em>, so that the
     * sum over the shards has the same order whether they share a buffer or have one each.
     */
    FloatSpan constantGradient(int operand, int shard);

    /**
     * Receives what rounding has changed each int8 output by, in steps of its quantization: {@code round(v) - v}. What
     * it holds for outputs that are clamped has no meaning; 0 stays where an operator does not know. {@code null}
     * unless the output's quantization is learned.
     */
    default FloatSpan rounding() {
        return null;
    }

    /**
     * The scales of an operand that is real weights, one a channel or one for all, by which a kernel quantizes them; it
     * may only raise them. {@code null} if scales follow from the weights' magnitudes.
     */
    default FloatSpan scales(int operand) {
        return null;
    }

    /**
     * The gradient of these scales, to which {@link TrainingKernel#settle} adds; {@code null} if they are not learned.
     */
    default FloatSpan scaleGradient(int operand) {
        return null;
    }
}
