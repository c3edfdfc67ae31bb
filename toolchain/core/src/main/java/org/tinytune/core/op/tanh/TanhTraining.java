package org.tinytune.core.op.tanh;

import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.TrainingBuffers;
import org.tinytune.core.graph.TrainingKernel;
import org.tinytune.core.op.Curve;
import org.tinytune.core.op.CurveFloat32;
import org.tinytune.core.op.CurveQat;
import org.tinytune.core.op.NoParams;
import org.tinytune.core.op.RealFunctions;

/** {@code TANH} in training; its slope is {@code 1 - y²}. */
final class TanhTraining implements Curve {
    private TanhTraining() {}

    static TrainingKernel float32(NoParams params, Operands operands, TrainingBuffers buffers) {
        return new CurveFloat32(operands, buffers, new TanhTraining());
    }

    static TrainingKernel qat(NoParams params, Operands operands, TrainingBuffers buffers) {
        return CurveQat.unbounded(operands, buffers, TanhInt8.prepare(params, operands), new TanhTraining());
    }

    @Override
    public void apply(float[] x, int xOffset, float[] y, int yOffset, int count) {
        for (int i = 0; i < count; i++) {
            y[yOffset + i] = RealFunctions.tanh(x[xOffset + i]);
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
            float value = y[yOffset + i];
            dx[dxOffset + i] = dy[dyOffset + i] * (1 - value * value);
        }
    }
}
