package org.tinytune.core.graph;

/**
 * How an operator is trained quantization-aware: the forward pass computes the integers of {@link Int8Kernel}, held as
 * whole floats, bit for bit and in every step; the backward pass computes gradients of real values, which pass straight
 * through every rounding and are 0 where the output is clamped.
 *
 * @param <P> the operator's parameters
 */
@FunctionalInterface
public interface QatKernel<P extends Record> {
    /**
     * Derives what does not change from step to step.
     *
     * @param operands with batch 1: activations are int8; weights and bias are floats that are quantized anew in every
     *     step, or int8 and int32 that stay as they are
     * @param buffers to work on
     * @throws InvalidModelException naming what the kernel cannot compute
     */
    TrainingKernel prepare(P params, Operands operands, TrainingBuffers buffers);

    /** The kernel of an operator that is gone before quantization. */
    static <P extends Record> QatKernel<P> none(String reason) {
        return (params, operands, buffers) -> {
            throw new InvalidModelException(operands.output().name() + ": cannot be trained in int8: " + reason);
        };
    }
}
