package org.tinytune.core.op.quantize;

import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.TrainingBuffers;
import org.tinytune.core.graph.TrainingKernel;
import org.tinytune.core.op.Curve;
import org.tinytune.core.op.CurveFloat32;
import org.tinytune.core.op.CurveQat;
import org.tinytune.core.op.NoParams;

/** {@code QUANTIZE} in training: the identity, cut off by the range of the output. */
final class QuantizeTraining implements Curve {
    private QuantizeTraining() {}

    static TrainingKernel float32(NoParams params, Operands operands, TrainingBuffers buffers) {
        return new CurveFloat32(operands, buffers, new QuantizeTraining());
    }

    static TrainingKernel qat(NoParams params, Operands operands, TrainingBuffers buffers) {
        return CurveQat.clamped(operands, buffers, QuantizeInt8.prepare(params, operands), new QuantizeTraining());
    }

    @Override
    public void apply(float[] x, int xOffset, float[] y, int yOffset, int count) {
        System.arraycopy(x, xOffset, y, yOffset, count);
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
        System.arraycopy(dy, dyOffset, dx, dxOffset, count);
    }
}
