package org.tinytune.core.op.leakyrelu;

import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.TrainingBuffers;
import org.tinytune.core.graph.TrainingKernel;
import org.tinytune.core.op.Curve;
import org.tinytune.core.op.CurveFloat32;
import org.tinytune.core.op.CurveQat;

/** {@code LEAKY_RELU} in training. */
final class LeakyReluTraining implements Curve {
    private final float alpha;

    private LeakyReluTraining(float alpha) {
        this.alpha = alpha;
    }

    static TrainingKernel float32(LeakyReluParams params, Operands operands, TrainingBuffers buffers) {
        return new CurveFloat32(operands, buffers, new LeakyReluTraining(params.alpha()));
    }

    static TrainingKernel qat(LeakyReluParams params, Operands operands, TrainingBuffers buffers) {
        return CurveQat.clamped(
                operands, buffers, LeakyReluInt8.prepare(params, operands), new LeakyReluTraining(params.alpha()));
    }

    @Override
    public void apply(float[] x, int xOffset, float[] y, int yOffset, int count) {
        for (int i = 0; i < count; i++) {
            float value = x[xOffset + i];
            y[yOffset + i] = value >= 0 ? value : value * alpha;
        }
    }

    @Override
    public void chain(
            float[] x,
            int xOffset,
            float[] y,
            int yOffset,
            float[] dy,
            int dyOffset,
            float[] dx,
            int dxOffset,
            int count) {
        for (int i = 0; i < count; i++) {
            float slope = x[xOffset + i] >= 0 ? 1 : alpha;
            dx[dxOffset + i] = dy[dyOffset + i] * slope;
        }
    }
}
