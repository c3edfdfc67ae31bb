package org.tinytune.core.op.add;

import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Shard;
import org.tinytune.core.graph.TrainingBuffers;
import org.tinytune.core.graph.TrainingKernel;
import org.tinytune.core.op.OutputClamp;

/** {@code ADD} in quantization-aware training, with the tables of the int8 kernel. */
final class AddQat implements TrainingKernel {
    private final TrainingBuffers buffers;
    private final OutputClamp clamp;
    private final AddBackward backward;
    private final AddInt8 kernel;
    private final int elements;

    AddQat(AddParams params, Operands operands, TrainingBuffers buffers) {
        this.buffers = buffers;
        this.clamp = OutputClamp.int8(operands, buffers, params.activation());
        this.backward = new AddBackward(operands, buffers);
        this.kernel = AddInt8.prepare(params, operands);
        this.elements = operands.output().shape().elements();
    }

    @Override
    public int scratch() {
        return backward.scratch();
    }

    @Override
    public void forward(Shard shard) {
        float[] first = buffers.input(0).array();
        float[] second = buffers.input(1).array();
        FloatSpan y = buffers.output();
        for (int n = shard.begin(); n < shard.end(); n++) {
            int from0 = backward.offset(0, n);
            int from1 = backward.offset(1, n);
            int to = y.offset() + n * elements;
            for (int i = 0; i < elements; i++) {
                y.array()[to + i] = kernel.apply((int) first[from0 + i], (int) second[from1 + i]);
            }
        }
    }

    @Override
    public void backward(Shard shard) {
        clamp.mask(shard);
        backward.run(shard);
    }
}
