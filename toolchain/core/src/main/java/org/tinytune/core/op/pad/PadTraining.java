package org.tinytune.core.op.pad;

import java.util.Arrays;
import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Shard;
import org.tinytune.core.graph.TrainingBuffers;
import org.tinytune.core.graph.TrainingKernel;
import org.tinytune.core.op.Int8Tensors;
import org.tinytune.core.tensor.Shape;

/** {@code PAD} in training, with 0 or the zero point: copies the stretches of the innermost extent. */
final class PadTraining implements TrainingKernel {
    private final TrainingBuffers buffers;
    private final float padding;
    private final int inputElements;
    private final int outputElements;
    private final int run;
    private final int[] targets;

    private PadTraining(PadParams params, Operands operands, TrainingBuffers buffers, float padding) {
        Shape input = operands.input(0).shape();
        Shape output = operands.output().shape();
        this.buffers = buffers;
        this.padding = padding;
        this.inputElements = input.elements();
        this.outputElements = output.elements();
        this.run = input.rank() == 0 ? 1 : input.dim(-1);
        this.targets = new int[inputElements / run];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = target(i * run, params, input, output);
        }
    }

    private static int target(int element, PadParams params, Shape input, Shape output) {
        int target = 0;
        int rest = element;
        int stride = 1;
        for (int axis = input.rank() - 1; axis >= 0; axis--) {
            target += (rest % input.dim(axis) + params.before().get(axis)) * stride;
            rest /= input.dim(axis);
            stride *= output.dim(axis);
        }
        return target;
    }

    static PadTraining float32(PadParams params, Operands operands, TrainingBuffers buffers) {
        return new PadTraining(params, operands, buffers, 0);
    }

    static PadTraining qat(PadParams params, Operands operands, TrainingBuffers buffers) {
        Int8Tensors.requireSameQuantization(operands);
        return new PadTraining(
                params, operands, buffers, operands.output().quantization().zeroPoint());
    }

    @Override
    public void forward(Shard shard) {
        FloatSpan x = buffers.input(0);
        FloatSpan y = buffers.output();
        int begin = y.offset() + shard.begin() * outputElements;
        Arrays.fill(y.array(), begin, begin + shard.samples() * outputElements, padding);
        for (int n = shard.begin(); n < shard.end(); n++) {
            int from = x.offset() + n * inputElements;
            int to = y.offset() + n * outputElements;
            for (int i = 0; i < targets.length; i++) {
                System.arraycopy(x.array(), from + i * run, y.array(), to + targets[i], run);
            }
        }
    }

    @Override
    public void backward(Shard shard) {
        FloatSpan dx = buffers.inputGradient(0);
        if (dx == null) {
            return;
        }
        FloatSpan dy = buffers.outputGradient();
        for (int n = shard.begin(); n < shard.end(); n++) {
            int from = dy.offset() + n * outputElements;
            int to = dx.offset() + n * inputElements;
            for (int i = 0; i < targets.length; i++) {
                System.arraycopy(dy.array(), from + targets[i], dx.array(), to + i * run, run);
            }
        }
    }
}
