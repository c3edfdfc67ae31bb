package org.tinytune.core.op.svdf;

import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Shard;
import org.tinytune.core.graph.TrainingBuffers;
import org.tinytune.core.graph.TrainingKernel;
import org.tinytune.core.op.OutputClamp;

/** {@code SVDF} in float. */
final class SvdfFloat32 implements TrainingKernel {
    private final TrainingBuffers buffers;
    private final SvdfPasses passes;
    private final OutputClamp clamp;
    private final boolean hasBias;
    private final float[] bias;

    SvdfFloat32(SvdfParams params, Operands operands, TrainingBuffers buffers) {
        this.buffers = buffers;
        this.passes = new SvdfPasses(operands, buffers);
        this.clamp = OutputClamp.real(operands, buffers, params.activation());
        this.hasBias = operands.hasInput(Svdf.BIAS);
        this.bias = new float[passes.units()];
    }

    @Override
    public int scratch() {
        return passes.scratch();
    }

    @Override
    public void load() {
        FloatSpan feature = buffers.input(Svdf.FEATURE_WEIGHTS);
        FloatSpan time = buffers.input(Svdf.TIME_WEIGHTS);
        passes.packForward(feature.array(), feature.offset());
        passes.packBackward(feature.array(), feature.offset());
        passes.packTime(time.array(), time.offset());
        if (hasBias) {
            FloatSpan b = buffers.input(Svdf.BIAS);
            System.arraycopy(b.array(), b.offset(), bias, 0, bias.length);
        }
    }

    @Override
    public void forward(Shard shard) {
        passes.features(shard);
        passes.output(shard, bias);
        clamp.apply(shard);
    }

    @Override
    public void backward(Shard shard) {
        clamp.mask(shard);
        passes.backward(shard, 1, Float.POSITIVE_INFINITY, 0, 1, true, hasBias);
    }
}
