package org.tinytune.core.op;

import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Shard;
import org.tinytune.core.graph.TrainingBuffers;
import org.tinytune.core.graph.TrainingKernel;
import org.tinytune.core.quant.Quantization;

/** An activation on its own in quantization-aware training: the table of its 256 values. */
public final class TableQat implements TrainingKernel {
    private final TrainingBuffers buffers;
    private final OutputClamp clamp;
    private final int elements;
    private final float[] values;
    private final float[] roundings = new float[256];

    /** @param activation that is all there is to the operator */
    public TableQat(Operands operands, TrainingBuffers buffers, Activation activation) {
        this.buffers = buffers;
        this.clamp = OutputClamp.int8(operands, buffers, activation);
        this.elements = operands.output().shape().elements();
        this.values = LookupTable.clamp(operands, activation).floats();
        Quantization output = operands.output().quantization();
        for (int q = Byte.MIN_VALUE; q <= Byte.MAX_VALUE; q++) {
            double real = operands.input(0).quantization().dequantize(q) / output.scale();
            roundings[q - Byte.MIN_VALUE] = (float) (values[q - Byte.MIN_VALUE] - output.zeroPoint() - real);
        }
    }

    @Override
    public void forward(Shard shard) {
        FloatSpan x = buffers.input(0);
        FloatSpan y = buffers.output();
        for (int i = shard.begin() * elements; i < shard.end() * elements; i++) {
            y.array()[y.offset() + i] = values[(int) x.array()[x.offset() + i] - Byte.MIN_VALUE];
        }
        FloatSpan noted = buffers.rounding();
        for (int i = shard.begin() * elements; noted != null && i < shard.end() * elements; i++) {
            noted.array()[noted.offset() + i] = roundings[(int) x.array()[x.offset() + i] - Byte.MIN_VALUE];
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
