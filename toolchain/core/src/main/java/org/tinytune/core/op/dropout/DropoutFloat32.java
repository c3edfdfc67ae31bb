package org.tinytune.core.op.dropout;

import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Shard;
import org.tinytune.core.graph.TrainingBuffers;
import org.tinytune.core.graph.TrainingKernel;
import org.tinytune.core.op.Copies;
import org.tinytune.core.tensor.Shape;

/**
 * {@code DROPOUT} in float. Whether an element is dropped follows from the step, the node, the sample and the element,
 * or its channel, alone, so the backward pass finds the same again and threads do not matter.
 */
final class DropoutFloat32 implements TrainingKernel {
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;
    private static final int RANDOM_BITS = 24;

    private final TrainingBuffers buffers;
    private final int elements;

    /** Elements that are decided on one by one, in every pixel alike. */
    private final int period;

    private final int dropped;
    private final float raised;

    DropoutFloat32(DropoutParams params, Operands operands, TrainingBuffers buffers) {
        this.buffers = buffers;
        Shape shape = operands.output().shape();
        this.elements = shape.elements();
        this.period = params.spatial() && shape.rank() > 0 ? shape.dim(-1) : elements;
        this.dropped = Math.round(params.rate() * (1 << RANDOM_BITS));
        this.raised = 1 / (1 - params.rate());
    }

    @Override
    public int scratch() {
        return period;
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
            decide(mix(mix(shard.stream() + GOLDEN_GAMMA * buffers.node()) + n), shard.scratch());
            for (int i = n * elements; i < (n + 1) * elements; i += period) {
                apply(from.array(), from.offset() + i, shard.scratch(), to.array(), to.offset() + i);
            }
        }
    }

    /** Fills in what elements are multiplied by: 0 if they are dropped. */
    private void decide(long stream, float[] factors) {
        long state = stream;
        for (int i = 0; i < period; i++) {
            state += GOLDEN_GAMMA;
            boolean kept = mix(state) >>> (Long.SIZE - RANDOM_BITS) >= dropped;
            factors[i] = kept ? raised : 0;
        }
    }

    private void apply(float[] from, int fromOffset, float[] factors, float[] to, int toOffset) {
        for (int i = 0; i < period; i++) {
            to[toOffset + i] = factors[i] == 0 ? 0 : from[fromOffset + i] * factors[i];
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
