package org.tinytune.core.op;

import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Shard;
import org.tinytune.core.graph.TrainingBuffers;
import org.tinytune.core.graph.TrainingKernel;

/** A convolution or fully connected layer in float. */
public final class DenseFloat32 implements TrainingKernel {
    private final TrainingBuffers buffers;
    private final DensePasses passes;
    private final OutputClamp clamp;
    private final boolean hasBias;
    private final float[] initial;

    /** @param window what an output sees of the input, whose channels are the last extent of the weights */
    public DenseFloat32(Operands operands, TrainingBuffers buffers, WindowPatches window, Activation activation) {
        int inputChannels = operands.input(1).shape().dim(-1);
        int outputChannels = operands.input(1).shape().dim(0);
        this.buffers = buffers;
        int inputElements = operands.input(0).shape().elements();
        this.passes = new DensePasses(window, buffers, inputElements, inputChannels, outputChannels);
        this.clamp = OutputClamp.real(operands, buffers, activation);
        this.hasBias = operands.hasInput(2);
        this.initial = passes.newInitial();
    }

    @Override
    public int scratch() {
        return passes.scratch();
    }

    @Override
    public void load() {
        FloatSpan weights = buffers.input(1);
        passes.packForward(weights.array(), weights.offset());
        passes.packBackward(weights.array(), weights.offset());
        if (hasBias) {
            FloatSpan bias = buffers.input(2);
            System.arraycopy(bias.array(), bias.offset(), initial, 0, passes.outputChannels());
        }
    }

    @Override
    public void forward(Shard shard) {
        passes.forward(shard, 0, initial, DensePasses.GroupListener.NONE);
        clamp.apply(shard);
    }

    @Override
    public void backward(Shard shard) {
        clamp.mask(shard);
        passes.backward(shard, 0, 1, true, hasBias);
    }
}
