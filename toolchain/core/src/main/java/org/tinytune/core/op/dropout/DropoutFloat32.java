package org.tinytune.core.op.dropout;

import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Shard;
import org.tinytune.core.graph.TrainingBuffers;
import org.tinytune.core.graph.TrainingKernel;
import org.tinytune.core.op.Copies;

/**
 * {@code DROPOUT} in float. Whether an element is dropped follows from the step, the node, the sample and the element
 * alone, so the backward pass finds the same again and threads do not matter.
 */
final class DropoutFloat32 implements TrainingKernel {
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;
    private static final int RANDOM_BITS = 24;

    private final TrainingBuffers buffers;
    private final int elements;
    private final int dropped;
    private final float raised;

    DropoutFloat32(DropoutParams params, Operands operands, TrainingBuffers buffers) {
        this.buffers = buffers;
        this.elements = operands.output().shape().elements();
        this.dropped = Math.round(params.rate() * (1 << RANDOM_BITS));
        this.raised = 1 / (1 - params.rate());
    }

    @Override
    public void forward(Shard shard) {
        apply(shard, buffers.input(0), buffers.output());
    }

    @Override
    public void backward(Shard shard) {
        if (buffers.inputGradient(0) != null) {
            apply(shard, buffers.outputGradient(), buffers.inputGradient(0));
        }
    }

    private void apply(Shard shard, FloatSpan from, FloatSpan to) {
        if (!shard.training() || dropped == 0) {
            Copies.copy(shard, elements, from, to);
            return;
        }
        for (int n = shard.begin(); n < shard.end(); n++) {
            long state = mix(mix(shard.stream() + GOLDEN_GAMMA * buffers.node()) + n);
            for (int i = n * elements; i < (n + 1) * elements; i++) {
                state += GOLDEN_GAMMA;
                boolean kept = mix(state) >>> (Long.SIZE - RANDOM_BITS) >= dropped;
                to.array()[to.offset() + i] = kept ? from.array()[from.offset() + i] * raised : 0;
            }
        }
    }

    /**
     * The finalizer of SplitMix64.
     *
     * <p>Source: Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014, with the constants
     * of Stafford's Mix13.
     */
    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        long b = (a ^ (a >>> 27)) * 0x94d049bb133111ebL;
        return b ^ (b >>> 31);
    }
}
