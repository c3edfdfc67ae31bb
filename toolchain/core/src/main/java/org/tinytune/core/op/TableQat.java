package org.tinytune.core.op;

import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Shard;
import org.tinytune.core.graph.TrainingBuffers;
import org.tinytune.core.graph.TrainingKernel;

/** An activation on its own in quantization-aware training: the table of its 256 values. */
public final class TableQat implements TrainingKernel {
    private final TrainingBuffers buffers;
    private final OutputClamp clamp;
    private final int elements;
    private final float[] values;

    /** @param activation that is all there is to the operator */
    public TableQat(Operands operands, TrainingBuffers buffers, Activation activation) {
        this.buffers = buffers;
        this.clamp = OutputClamp.int8(operands, buffers, activation);
        this.elements = operands.output().shape().elements();
        this.values = LookupTable.clamp(operands, activation).floats();
    }

    @Override
    public void forward(Shard shard) {
        FloatSpan x = buffers.input(0);
        FloatSpan y = buffers.output();
        for (int i = shard.begin() * elements; i < shard.end() * elements; i++) {
            y.array()[y.offset() + i] = values[(int) x.array()[x.offset() + i] - Byte.MIN_VALUE];
        }
    }

    @Override
    public void backward(Shard shard) {
        if (buffers.inputGradient(0) != null) {
            clamp.mask(shard);
            Copies.copy(shard, elements, buffers.outputGradient(), buffers.inputGradient(0));
        }
    }
}
