package org.tinytune.core.op.sub;

import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.TrainingBuffers;
import org.tinytune.core.graph.TrainingKernel;
import org.tinytune.core.op.OutputClamp;
import org.tinytune.core.op.PairwiseParams;
import org.tinytune.core.op.PairwiseTraining;
import org.tinytune.core.op.ScaledSumInt8;

/** {@code SUB} in training. The gradient of the first operand is that of the output, of the second its opposite. */
final class SubTraining {
    private SubTraining() {}

    static TrainingKernel float32(PairwiseParams params, Operands operands, TrainingBuffers buffers) {
        OutputClamp clamp = OutputClamp.real(operands, buffers, params.activation());
        PairwiseTraining.Forward forward = (first, firstOffset, second, secondOffset, y, yOffset, count) -> {
            for (int i = 0; i < count; i++) {
                float difference = first[firstOffset + i] - second[secondOffset + i];
                y[yOffset + i] = Math.max(clamp.min(), Math.min(clamp.max(), difference));
            }
        };
        return PairwiseTraining.float32(operands, buffers, clamp, forward, SubTraining::gradient);
    }

    static TrainingKernel qat(PairwiseParams params, Operands operands, TrainingBuffers buffers) {
        ScaledSumInt8 kernel = ScaledSumInt8.difference(operands, params.activation());
        return PairwiseTraining.qat(operands, buffers, params.activation(), kernel, SubTraining::gradient);
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
        float sign = operand == 0 ? 1 : -1;
        for (int i = 0; i < count; i++) {
            dx[dxOffset + i] = sign * dy[dyOffset + i];
        }
    }
}
