package org.tinytune.core.op;

import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Shard;
import org.tinytune.core.graph.TrainingBuffers;
import org.tinytune.core.graph.TrainingKernel;

/** A curve in float. */
public final class CurveFloat32 implements TrainingKernel {
    private final TrainingBuffers buffers;
    private final Curve curve;
    private final int elements;

    /** @param curve that is all there is to the operator */
    public CurveFloat32(Operands operands, TrainingBuffers buffers, Curve curve) {
        this.buffers = buffers;
        this.curve = curve;
        this.elements = operands.output().shape().elements();
    }

    @Override
    public void forward(Shard shard) {
        FloatSpan x = buffers.input(0);
        FloatSpan y = buffers.output();
        int begin = shard.begin() * elements;
        curve.apply(x.array(), x.offset() + begin, y.array(), y.offset() + begin, shard.samples() * elements);
    }

    @Override
    public void backward(Shard shard) {
        FloatSpan dx = buffers.inputGradient(0);
        if (dx == null) {
            return;
        }
        FloatSpan x = buffers.input(0);
        FloatSpan y = buffers.output();
        FloatSpan dy = buffers.outputGradient();
        int begin = shard.begin() * elements;
        curve.chain(
                x.array(),
                x.offset() + begin,
                y.array(),
                y.offset() + begin,
                dy.array(),
                dy.offset() + begin,
                dx.array(),
                dx.offset() + begin,
                shard.samples() * elements);
    }
}
