package org.tinytune.train.network;

import java.util.Arrays;
import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.TrainingBuffers;
import org.tinytune.core.vector.VectorMath;

/**
 * The buffers of one node; lists are by operand, with {@code null} where there is nothing.
 *
 * @param constantGradients by operand and shard
 * @param scalesOf operands that are weights
 * @param scaleGradients of those that are learned
 * @param rounding of the output, or {@code null}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record NodeBuffers(
        VectorMath math,
        int node,
        int steps,
        int maxSamples,
        int maxShardSamples,
        int shards,
        FloatSpan[] inputs,
        FloatSpan output,
        FloatSpan[] inputGradients,
        FloatSpan outputGradient,
        FloatSpan[][] constantGradients,
        FloatSpan[] scalesOf,
        FloatSpan[] scaleGradients,
        FloatSpan rounding)
        implements TrainingBuffers {
    @Override
    public FloatSpan input(int operand) {
        return inputs[operand];
    }

    @Override
    public FloatSpan inputGradient(int operand) {
        return inputGradients[operand];
    }

    @Override
    public FloatSpan constantGradient(int operand, int shard) {
        return constantGradients[operand][shard];
    }

    @Override
    public FloatSpan scales(int operand) {
        return scalesOf[operand];
    }

    @Override
    public FloatSpan scaleGradient(int operand) {
        return scaleGradients[operand];
    }

    /** Whether memory is that of the gradient of an operand as well. */
    boolean keeps(FloatSpan gradient) {
        return Arrays.asList(inputGradients).contains(gradient);
    }
}
