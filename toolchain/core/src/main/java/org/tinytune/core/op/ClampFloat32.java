package org.tinytune.core.op;

import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Shard;
import org.tinytune.core.graph.TrainingBuffers;
import org.tinytune.core.graph.TrainingKernel;

/** An activation on its own, in float. */
public final class ClampFloat32 implements TrainingKernel {
    private final TrainingBuffers buffers;
    private final OutputClamp clamp;
    private final int elements;

    /** @param activation that is all there is to the operator */
    public ClampFloat32(Operands operands, TrainingBuffers buffers, Activation activation) {
        this.buffers = buffers;
        this.clamp = OutputClamp.real(operands, buffers, activation);
        this.elements = operands.output().shape().elements();
    }

    @Override
    public void forward(Shard shard) {
        Copies.copy(shard, elements, buffers.input(0), buffers.output());
        clamp.apply(shard);
    }

    @Override
    public void backward(Shard shard) {
        if (buffers.inputGradient(0) != null) {
            clamp.mask(shard);
            Copies.copy(shard, elements, buffers.outputGradient(), buffers.inputGradient(0));
        }
    }
}
