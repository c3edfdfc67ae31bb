package org.tinytune.core.op.softmax;

import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.Shard;
import org.tinytune.core.graph.TrainingBuffers;

/** The gradient of a softmax: {@code dx = beta · p · (dy - Σ dy · p)}, with the probabilities {@code p}. */
final class SoftmaxGradient {
    private SoftmaxGradient() {}

    /**
     * Computes the gradient of the input.
     *
     * @param elements of a sample
     * @param depth elements of a distribution
     * @param zero output that stands for 0
     * @param scale of the output
     */
    static void compute(
            TrainingBuffers buffers, Shard shard, int elements, int depth, float beta, float zero, float scale) {
        FloatSpan y = buffers.output();
        FloatSpan dy = buffers.outputGradient();
        FloatSpan dx = buffers.inputGradient(0);
        for (int begin = shard.begin() * elements; begin < shard.end() * elements; begin += depth) {
            float sum = 0;
            for (int i = begin; i < begin + depth; i++) {
                float p = (y.array()[y.offset() + i] - zero) * scale;
                sum += dy.array()[dy.offset() + i] * p;
            }
            for (int i = begin; i < begin + depth; i++) {
                float p = (y.array()[y.offset() + i] - zero) * scale;
                dx.array()[dx.offset() + i] = beta * p * (dy.array()[dy.offset() + i] - sum);
            }
        }
    }
}
