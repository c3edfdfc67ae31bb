package org.tinytune.core.op.mul;

import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.TrainingBuffers;
import org.tinytune.core.graph.TrainingKernel;
import org.tinytune.core.op.OutputClamp;
import org.tinytune.core.op.PairwiseParams;
import org.tinytune.core.op.PairwiseTraining;
import org.tinytune.core.quant.Quantization;

/** {@code MUL} in training. The gradient of an operand is that of the output times the other operand. */
final class MulTraining {
    private MulTraining() {}

    static TrainingKernel float32(PairwiseParams params, Operands operands, TrainingBuffers buffers) {
        OutputClamp clamp = OutputClamp.real(operands, buffers, params.activation());
        PairwiseTraining.Forward forward = (first, firstOffset, second, secondOffset, y, yOffset, count) -> {
            for (int i = 0; i < count; i++) {
                float product = first[firstOffset + i] * second[secondOffset + i];
                y[yOffset + i] = Math.max(clamp.min(), Math.min(clamp.max(), product));
            }
        };
        PairwiseTraining.Gradient gradient = (operand, dy, dyOffset, other, otherOffset, dx, dxOffset, count) -> {
            for (int i = 0; i < count; i++) {
                dx[dxOffset + i] = dy[dyOffset + i] * other[otherOffset + i];
            }
        };
        return PairwiseTraining.float32(operands, buffers, clamp, forward, gradient);
    }

    static TrainingKernel qat(PairwiseParams params, Operands operands, TrainingBuffers buffers) {
        PairwiseTraining.Gradient gradient = (operand, dy, dyOffset, other, otherOffset, dx, dxOffset, count) -> {
            Quantization q = operands.input(1 - operand).quantization();
            float zero = q.zeroPoint();
            float scale = q.scale();
            for (int i = 0; i < count; i++) {
                dx[dxOffset + i] = dy[dyOffset + i] * ((other[otherOffset + i] - zero) * scale);
            }
        };
        MulInt8 kernel = MulInt8.prepare(params, operands);
        return PairwiseTraining.qat(operands, buffers, params.activation(), kernel, gradient);
    }
}
