package org.tinytune.core.op.fullyconnected;

import org.tinytune.core.graph.Float32Kernel;
import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Shard;
import org.tinytune.core.graph.TrainingBuffers;
import org.tinytune.core.graph.TrainingKernel;
import org.tinytune.core.op.OutputClamp;

/** {@code FULLY_CONNECTED} in float. */
final class FullyConnectedFloat32 implements TrainingKernel {
    /** How the operator is trained. */
    static final Float32Kernel<FullyConnectedParams> FACET = new Float32Kernel<>() {
        @Override
        public TrainingKernel prepare(FullyConnectedParams params, Operands operands, TrainingBuffers buffers) {
            return new FullyConnectedFloat32(params, operands, buffers);
        }

        @Override
        public boolean passesOverBatch() {
            return true;
        }
    };

    private final TrainingBuffers buffers;
    private final FullyConnectedPasses passes;
    private final OutputClamp clamp;
    private final FloatSpan bias;

    private FullyConnectedFloat32(FullyConnectedParams params, Operands operands, TrainingBuffers buffers) {
        this.buffers = buffers;
        this.passes = new FullyConnectedPasses(operands, buffers, true);
        this.clamp = OutputClamp.real(operands, buffers, params.activation());
        this.bias = operands.hasInput(2) ? buffers.input(2) : new FloatSpan(new float[passes.outputs()], 0);
    }

    @Override
    public int scratch() {
        return passes.scratch();
    }

    @Override
    public BatchPasses batch() {
        return passes;
    }

    @Override
    public void load() {
        passes.load(buffers.input(1), buffers.input(1), bias);
    }

    @Override
    public void forward(Shard shard) {
        clamp.apply(shard);
    }

    @Override
    public void backward(Shard shard) {
        clamp.mask(shard);
    }
}
