package org.tinytune.core.op.reshape;

import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Shard;
import org.tinytune.core.graph.TrainingBuffers;
import org.tinytune.core.graph.TrainingKernel;
import org.tinytune.core.op.Copies;
import org.tinytune.core.op.Int8Tensors;

/** {@code RESHAPE} in training, of floats or integers: a copy. */
final class ReshapeTraining implements TrainingKernel {
    private final TrainingBuffers buffers;
    private final int elements;

    private ReshapeTraining(Operands operands, TrainingBuffers buffers) {
        this.buffers = buffers;
        this.elements = operands.output().shape().elements();
    }

    static ReshapeTraining float32(ReshapeParams params, Operands operands, TrainingBuffers buffers) {
        return new ReshapeTraining(operands, buffers);
    }

    static ReshapeTraining qat(ReshapeParams params, Operands operands, TrainingBuffers buffers) {
        Int8Tensors.requireSameQuantization(operands);
        return new ReshapeTraining(operands, buffers);
    }

    @Override
    public void forward(Shard shard) {
        Copies.copy(shard, elements, buffers.input(0), buffers.output());
    }

    @Override
    public void backward(Shard shard) {
        if (buffers.inputGradient(0) != null) {
            Copies.copy(shard, elements, buffers.outputGradient(), buffers.inputGradient(0));
        }
    }
}
