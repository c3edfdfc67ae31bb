package org.tinytune.core.op.depthwiseconv;

import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Shard;
import org.tinytune.core.graph.TrainingBuffers;
import org.tinytune.core.graph.TrainingKernel;
import org.tinytune.core.op.DensePasses;
import org.tinytune.core.op.DepthwisePasses;
import org.tinytune.core.op.OutputClamp;

/** {@code DEPTHWISE_CONV_2D} in float. */
final class DepthwiseConv2dFloat32 implements TrainingKernel {
    private final TrainingBuffers buffers;
    private final DepthwisePasses passes;
    private final OutputClamp clamp;
    private final boolean hasBias;
    private final float[] initial;

    DepthwiseConv2dFloat32(DepthwiseConv2dParams params, Operands operands, TrainingBuffers buffers) {
        this.buffers = buffers;
        this.passes = passes(params, operands, buffers);
        this.clamp = OutputClamp.real(operands, buffers, params.activation());
        this.hasBias = operands.hasInput(2);
        this.initial = passes.newInitial();
    }

    static DepthwisePasses passes(DepthwiseConv2dParams params, Operands operands, TrainingBuffers buffers) {
        return new DepthwisePasses(
                DepthwiseConv2d.rows(params, operands.inputShapes()),
                DepthwiseConv2d.columns(params, operands.inputShapes()),
                buffers,
                operands.input(0).shape().dim(3),
                params.depthMultiplier());
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
            System.arraycopy(bias.array(), bias.offset(), initial, 0, passes.channels());
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
