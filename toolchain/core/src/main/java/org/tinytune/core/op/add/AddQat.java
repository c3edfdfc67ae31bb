package org.tinytune.core.op.add;

import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Shard;
import org.tinytune.core.graph.TrainingBuffers;
import org.tinytune.core.graph.TrainingKernel;
import org.tinytune.core.op.OutputClamp;

/** {@code ADD} in quantization-aware training: all sums that there are, from the int8 kernel, in a table. */
final class AddQat implements TrainingKernel {
    private final TrainingBuffers buffers;
    private final OutputClamp clamp;
    private final AddBackward backward;
    private final byte[] sums;
    private final int elements;

    AddQat(AddParams params, Operands operands, TrainingBuffers buffers) {
        this.buffers = buffers;
        this.clamp = OutputClamp.int8(operands, buffers, params.activation());
        this.backward = new AddBackward(operands, buffers);
        this.sums = AddInt8.prepare(params, operands).table();
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
                int row = (int) first[from0 + i] - Byte.MIN_VALUE;
                int column = (int) second[from1 + i] - Byte.MIN_VALUE;
                y.array()[to + i] = sums[row << Byte.SIZE | column];
            }
        }
    }

    @Override
    public void backward(Shard shard) {
        clamp.mask(shard);
        backward.run(shard);
    }
}
