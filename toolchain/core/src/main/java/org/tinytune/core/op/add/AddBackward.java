package org.tinytune.core.op.add;

import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Shard;
import org.tinytune.core.graph.TrainingBuffers;
import org.tinytune.core.op.Copies;
import org.tinytune.core.tensor.ElementType;

/** The gradients of a sum, which are that of the output; a constant operand collects it over the samples. */
final class AddBackward {
    private final TrainingBuffers buffers;
    private final Operands operands;
    private final int elements;

    AddBackward(Operands operands, TrainingBuffers buffers) {
        this.buffers = buffers;
        this.operands = operands;
        this.elements = operands.output().shape().elements();
    }

    int scratch() {
        return elements;
    }

    /** Where operand {@code i} begins for sample {@code n}. */
    int offset(int i, int n) {
        return buffers.input(i).offset() + (operands.input(i).isConstant() ? 0 : n * elements);
    }

    void run(Shard shard) {
        for (int i = 0; i < 2; i++) {
            if (operands.input(i).isConstant()) {
                if (operands.input(i).type() == ElementType.FLOAT32 && shard.samples() > 0) {
                    collect(shard, buffers.constantGradient(i, shard.index()));
                }
            } else if (buffers.inputGradient(i) != null) {
                Copies.copy(shard, elements, buffers.outputGradient(), buffers.inputGradient(i));
            }
        }
    }

    private void collect(Shard shard, FloatSpan sum) {
        FloatSpan dy = buffers.outputGradient();
        int from = dy.offset() + shard.begin() * elements;
        buffers.math().columnSums(dy.array(), from, shard.samples(), elements, shard.scratch(), 0);
        buffers.math().add(sum.array(), sum.offset(), shard.scratch(), 0, elements);
    }
}
