package org.tinytune.core.op.logistic;

import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.TrainingBuffers;
import org.tinytune.core.graph.TrainingKernel;
import org.tinytune.core.op.Curve;
import org.tinytune.core.op.CurveFloat32;
import org.tinytune.core.op.CurveQat;
import org.tinytune.core.op.NoParams;
import org.tinytune.core.op.RealFunctions;

/** {@code LOGISTIC} in training; its slope is {@code y · (1 - y)}. */
final class LogisticTraining implements Curve {
    private LogisticTraining() {}

    static TrainingKernel float32(NoParams params, Operands operands, TrainingBuffers buffers) {
        return new CurveFloat32(operands, buffers, new LogisticTraining());
    }

    static TrainingKernel qat(NoParams params, Operands operands, TrainingBuffers buffers) {
        return CurveQat.unbounded(operands, buffers, LogisticInt8.prepare(params, operands), new LogisticTraining());
    }

    @Override
    public void apply(float[] x, int xOffset, float[] y, int yOffset, int count) {
        for (int i = 0; i < count; i++) {
            y[yOffset + i] = RealFunctions.logistic(x[xOffset + i]);
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
            dx[dxOffset + i] = dy[dyOffset + i] * (value * (1 - value));
        }
    }
}
