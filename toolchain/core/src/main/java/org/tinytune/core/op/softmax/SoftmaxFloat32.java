package org.tinytune.core.op.softmax;

import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Shard;
import org.tinytune.core.graph.TrainingBuffers;
import org.tinytune.core.graph.TrainingKernel;
import org.tinytune.core.tensor.Shape;

/** {@code SOFTMAX} in float. */
final class SoftmaxFloat32 implements TrainingKernel {
    private final TrainingBuffers buffers;
    private final float beta;
    private final int elements;
    private final int depth;

    SoftmaxFloat32(SoftmaxParams params, Operands operands, TrainingBuffers buffers) {
        Shape shape = operands.output().shape();
        this.buffers = buffers;
        this.beta = params.beta();
        this.elements = shape.elements();
        this.depth = shape.dim(-1);
    }

    @Override
    public void forward(Shard shard) {
        FloatSpan x = buffers.input(0);
        FloatSpan y = buffers.output();
        for (int begin = shard.begin() * elements; begin < shard.end() * elements; begin += depth) {
            softmax(x.array(), x.offset() + begin, y.array(), y.offset() + begin);
        }
    }

    private void softmax(float[] x, int from, float[] y, int to) {
        float greatest = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < depth; i++) {
            greatest = Math.max(greatest, x[from + i]);
        }
        float sum = 0;
        for (int i = 0; i < depth; i++) {
            y[to + i] = (float) StrictMath.exp(beta * ((double) x[from + i] - greatest));
            sum += y[to + i];
        }
        for (int i = 0; i < depth; i++) {
            y[to + i] /= sum;
        }
    }

    @Override
    public void backward(Shard shard) {
        if (buffers.inputGradient(0) != null) {
            SoftmaxGradient.compute(buffers, shard, elements, depth, beta, 0, 1);
        }
    }
}
