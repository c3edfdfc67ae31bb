package org.tinytune.core.op.hardswish;

import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.TrainingBuffers;
import org.tinytune.core.graph.TrainingKernel;
import org.tinytune.core.op.Curve;
import org.tinytune.core.op.CurveFloat32;
import org.tinytune.core.op.CurveQat;
import org.tinytune.core.op.NoParams;

/** {@code HARD_SWISH} in training; its slope is {@code (2x + 3) / 6} between -3 and 3. */
final class HardSwishTraining implements Curve {
    private static final float SIXTH = 1 / 6f;

    private HardSwishTraining() {}

    static TrainingKernel float32(NoParams params, Operands operands, TrainingBuffers buffers) {
        return new CurveFloat32(operands, buffers, new HardSwishTraining());
    }

    static TrainingKernel qat(NoParams params, Operands operands, TrainingBuffers buffers) {
        return CurveQat.clamped(operands, buffers, HardSwishInt8.prepare(params, operands), new HardSwishTraining());
    }

    @Override
    public void apply(float[] x, int xOffset, float[] y, int yOffset, int count) {
        for (int i = 0; i < count; i++) {
            float value = x[xOffset + i];
            y[yOffset + i] = value * (Math.max(0, Math.min(6, value + 3)) * SIXTH);
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
            float value = x[xOffset + i];
            float between = (2 * value + 3) * SIXTH;
            float slope = value <= -3 ? 0 : value >= 3 ? 1 : between;
            dx[dxOffset + i] = dy[dyOffset + i] * slope;
        }
    }
}
