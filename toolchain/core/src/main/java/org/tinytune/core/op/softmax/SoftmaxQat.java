package org.tinytune.core.op.softmax;

import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Rows;
import org.tinytune.core.graph.Shard;
import org.tinytune.core.graph.TrainingBuffers;
import org.tinytune.core.graph.TrainingKernel;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.Shape;

/** {@code SOFTMAX} in quantization-aware training: runs the int8 kernel itself, sample by sample. */
final class SoftmaxQat implements TrainingKernel {
    private final TrainingBuffers buffers;
    private final SoftmaxInt8 kernel;
    private final float beta;
    private final Shape shape;
    private final Rows[][] inputs;
    private final Rows[][] outputs;

    SoftmaxQat(SoftmaxParams params, Operands operands, TrainingBuffers buffers) {
        this.buffers = buffers;
        this.kernel = SoftmaxInt8.prepare(params, operands);
        this.beta = params.beta();
        this.shape = operands.output().shape();
        this.inputs = new Rows[buffers.shards()][];
        this.outputs = new Rows[buffers.shards()][];
        for (int s = 0; s < buffers.shards(); s++) {
            inputs[s] = new Rows[] {Rows.whole(new byte[shape.elements()], 0, operands.input(0))};
            outputs[s] = new Rows[] {Rows.whole(new byte[shape.elements()], 0, operands.output())};
        }
    }

    @Override
    public void forward(Shard shard) {
        FloatSpan x = buffers.input(0);
        FloatSpan y = buffers.output();
        int elements = shape.elements();
        byte[] in = inputs[shard.index()][0].memory();
        byte[] out = outputs[shard.index()][0].memory();
        for (int n = shard.begin(); n < shard.end(); n++) {
            for (int i = 0; i < elements; i++) {
                in[i] = (byte) x.array()[x.offset() + n * elements + i];
            }
            kernel.run(inputs[shard.index()], outputs[shard.index()], 0, shape.rows());
            for (int i = 0; i < elements; i++) {
                y.array()[y.offset() + n * elements + i] = out[i];
            }
        }
    }

    @Override
    public void backward(Shard shard) {
        if (buffers.inputGradient(0) != null) {
            Quantization q = Softmax.OUTPUT;
            SoftmaxGradient.compute(buffers, shard, shape.elements(), shape.dim(-1), beta, q.zeroPoint(), q.scale());
        }
    }
}
