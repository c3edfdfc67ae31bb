package org.tinytune.core.op.maxpool;

import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Shard;
import org.tinytune.core.graph.TrainingBuffers;
import org.tinytune.core.graph.TrainingKernel;
import org.tinytune.core.op.Int8Tensors;
import org.tinytune.core.op.MaximumPasses;
import org.tinytune.core.op.OutputClamp;
import org.tinytune.core.op.Pool2dParams;
import org.tinytune.core.tensor.Shape;

/** {@code MAX_POOL_2D} in training: of integers it is the same as of floats, save for the bounds of the activation. */
final class MaxPool2dTraining implements TrainingKernel {
    private final MaximumPasses passes;
    private final OutputClamp clamp;

    private MaxPool2dTraining(Pool2dParams params, Operands operands, TrainingBuffers buffers, OutputClamp clamp) {
        Shape input = operands.input(0).shape();
        this.passes = new MaximumPasses(params.rows(input), params.columns(input), buffers, input.dim(3));
        this.clamp = clamp;
    }

    static MaxPool2dTraining float32(Pool2dParams params, Operands operands, TrainingBuffers buffers) {
        OutputClamp clamp = OutputClamp.real(operands, buffers, params.activation());
        return new MaxPool2dTraining(params, operands, buffers, clamp);
    }

    static MaxPool2dTraining qat(Pool2dParams params, Operands operands, TrainingBuffers buffers) {
        Int8Tensors.requireSameQuantization(operands);
        OutputClamp clamp = OutputClamp.sameScale(operands, buffers, params.activation());
        return new MaxPool2dTraining(params, operands, buffers, clamp);
    }

    @Override
    public int scratch() {
        return passes.scratch();
    }

    @Override
    public void forward(Shard shard) {
        passes.forward(shard);
        clamp.apply(shard);
    }

    @Override
    public void backward(Shard shard) {
        clamp.mask(shard);
        passes.backward(shard);
    }
}
