package org.tinytune.core.op.add;

import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Shard;
import org.tinytune.core.graph.TrainingBuffers;
import org.tinytune.core.graph.TrainingKernel;
import org.tinytune.core.op.OutputClamp;

/** {@code ADD} in float. */
final class AddFloat32 implements TrainingKernel {
    private final TrainingBuffers buffers;
    private final OutputClamp clamp;
    private final AddBackward backward;
    private final int elements;

    AddFloat32(AddParams params, Operands operands, TrainingBuffers buffers) {
        this.buffers = buffers;
        this.clamp = OutputClamp.real(operands, buffers, params.activation());
        this.backward = new AddBackward(operands, buffers);
        this.elements = operands.output().shape().elements();
    }

    @Override
    public int scratch() {
        return backward.scratch();
    }

    @Override
    public void forward(Shard shard) {
        FloatSpan y = buffers.output();
        for (int n = shard.begin(); n < shard.end(); n++) {
            buffers.math()
                    .addClamped(
                            buffers.input(0).array(),
                            backward.offset(0, n),
                            buffers.input(1).array(),
                            backward.offset(1, n),
                            y.array(),
                            y.offset() + n * elements,
                            elements,
                            clamp.min(),
                            clamp.max());
        }
    }

    @Override
    public void backward(Shard shard) {
        clamp.mask(shard);
        backward.run(shard);
    }
}
