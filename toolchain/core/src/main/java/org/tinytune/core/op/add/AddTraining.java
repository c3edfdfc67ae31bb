package org.tinytune.core.op.add;

import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.TrainingBuffers;
import org.tinytune.core.graph.TrainingKernel;
import org.tinytune.core.op.OutputClamp;
import org.tinytune.core.op.PairwiseParams;
import org.tinytune.core.op.PairwiseTraining;
import org.tinytune.core.op.ScaledSumInt8;

/** {@code ADD} in training. The gradient of both operands is that of the output. */
final class AddTraining {
    private AddTraining() {}

    static TrainingKernel float32(PairwiseParams params, Operands operands, TrainingBuffers buffers) {
        OutputClamp clamp = OutputClamp.real(operands, buffers, params.activation());
        PairwiseTraining.Forward forward =
                (first, firstOffset, second, secondOffset, y, yOffset, count) -> buffers.math()
                        .addClamped(
                                first, firstOffset, second, secondOffset, y, yOffset, count, clamp.min(), clamp.max());
        return PairwiseTraining.float32(operands, buffers, clamp, forward, AddTraining::gradient);
    }

    static TrainingKernel qat(PairwiseParams params, Operands operands, TrainingBuffers buffers) {
        ScaledSumInt8 kernel = ScaledSumInt8.sum(operands, params.activation());
        return PairwiseTraining.qat(operands, buffers, params.activation(), kernel, AddTraining::gradient);
    }

    private static void gradient(
            int operand,
            float[] dy,
            int dyOffset,
            float[] other,
            int otherOffset,
            float[] dx,
            int dxOffset,
            int count) {
        System.arraycopy(dy, dyOffset, dx, dxOffset, count);
    }
}
