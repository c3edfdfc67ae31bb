package org.tinytune.core.op.transposeconv;

import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Shard;
import org.tinytune.core.graph.TrainingBuffers;
import org.tinytune.core.graph.TrainingKernel;
import org.tinytune.core.op.OutputClamp;
import org.tinytune.core.op.TransposedPasses;

/** {@code TRANSPOSE_CONV} in float. */
final class TransposeConvFloat32 implements TrainingKernel {
    private final TrainingBuffers buffers;
    private final TransposedPasses passes;
    private final OutputClamp clamp;
    private final boolean hasBias;
    private final float[] initial;

    TransposeConvFloat32(TransposeConvParams params, Operands operands, TrainingBuffers buffers) {
        this.buffers = buffers;
        this.passes = passes(params, operands, buffers);
        this.clamp = OutputClamp.real(operands, buffers, params.activation());
        this.hasBias = operands.hasInput(2);
        this.initial = passes.newInitial();
    }

    static TransposedPasses passes(TransposeConvParams params, Operands operands, TrainingBuffers buffers) {
        return new TransposedPasses(
                TransposeConv.rows(params, operands.inputShapes()),
                TransposeConv.columns(params, operands.inputShapes()),
                buffers,
                operands.input(0).shape().dim(3),
                operands.output().shape().dim(3));
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
        passes.forward(shard, 0, initial);
        clamp.apply(shard);
    }

    @Override
    public void backward(Shard shard) {
        clamp.mask(shard);
        passes.backward(shard, 0, 1, true, hasBias);
    }
}
