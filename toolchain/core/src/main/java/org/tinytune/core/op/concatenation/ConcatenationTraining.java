package org.tinytune.core.op.concatenation;

import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Shard;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.graph.TrainingBuffers;
import org.tinytune.core.graph.TrainingKernel;

/** {@code CONCATENATION} in training, of floats or integers: copies there and back. */
final class ConcatenationTraining implements TrainingKernel {
    private final TrainingBuffers buffers;
    private final int[] runs;
    private final int runOfAll;
    private final int times;

    private ConcatenationTraining(ConcatenationParams params, Operands operands, TrainingBuffers buffers) {
        this.buffers = buffers;
        this.runs = new int[operands.inputs().size()];
        for (int i = 0; i < runs.length; i++) {
            Tensor input = operands.input(i);
            if (input.isConstant()) {
                throw new InvalidModelException(
                        "tensor '" + input.name() + "': a constant cannot be joined to others in training");
            }
            runs[i] = Concatenation.run(params, input.shape());
        }
        this.runOfAll = Concatenation.run(params, operands.output().shape());
        this.times = operands.output().shape().elements() / runOfAll;
    }

    static ConcatenationTraining float32(ConcatenationParams params, Operands operands, TrainingBuffers buffers) {
        return new ConcatenationTraining(params, operands, buffers);
    }

    static ConcatenationTraining qat(ConcatenationParams params, Operands operands, TrainingBuffers buffers) {
        ConcatenationKernel.prepare(params, operands);
        return new ConcatenationTraining(params, operands, buffers);
    }

    @Override
    public void forward(Shard shard) {
        FloatSpan y = buffers.output();
        int begin = 0;
        for (int operand = 0; operand < runs.length; operand++) {
            FloatSpan x = buffers.input(operand);
            int run = runs[operand];
            for (int i = shard.begin() * times; i < shard.end() * times; i++) {
                System.arraycopy(x.array(), x.offset() + i * run, y.array(), y.offset() + i * runOfAll + begin, run);
            }
            begin += run;
        }
    }

    @Override
    public void backward(Shard shard) {
        FloatSpan dy = buffers.outputGradient();
        int begin = 0;
        for (int operand = 0; operand < runs.length; operand++) {
            FloatSpan dx = buffers.inputGradient(operand);
            int run = runs[operand];
            for (int i = shard.begin() * times; dx != null && i < shard.end() * times; i++) {
                System.arraycopy(
                        dy.array(), dy.offset() + i * runOfAll + begin, dx.array(), dx.offset() + i * run, run);
            }
            begin += run;
        }
    }
}
