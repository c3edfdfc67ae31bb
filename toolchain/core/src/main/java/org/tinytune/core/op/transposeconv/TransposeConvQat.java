package org.tinytune.core.op.transposeconv;

import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.RowWindow;
import org.tinytune.core.graph.Shard;
import org.tinytune.core.graph.TrainingBuffers;
import org.tinytune.core.graph.TrainingKernel;
import org.tinytune.core.op.OutputClamp;
import org.tinytune.core.op.QatWeights;
import org.tinytune.core.op.SlidingWindow;
import org.tinytune.core.op.TransposedPasses;
import org.tinytune.core.quant.Quantization;

/** {@code TRANSPOSE_CONV} in quantization-aware training: weights with a scale for each output channel. */
final class TransposeConvQat implements TrainingKernel {
    private static final int CHANNEL_AXIS = 0;

    private final TrainingBuffers buffers;
    private final SlidingWindow rows;
    private final SlidingWindow columns;
    private final RowWindow rowsOf;
    private final RowWindow columnsOf;
    private final Quantization input;
    private final TransposedPasses passes;
    private final QatWeights weights;
    private final OutputClamp clamp;
    private final boolean hasBias;
    private final float[] initial;
    private final int inputChannels;
    private final int channels;

    TransposeConvQat(TransposeConvParams params, Operands operands, TrainingBuffers buffers) {
        this.buffers = buffers;
        this.rows = TransposeConv.rows(params, operands.inputShapes());
        this.columns = TransposeConv.columns(params, operands.inputShapes());
        this.rowsOf = rows.transposedRowWindow();
        this.columnsOf = columns.transposedRowWindow();
        this.input = operands.input(0).quantization();
        this.inputChannels = operands.input(0).shape().dim(3);
        this.channels = operands.output().shape().dim(3);
        this.passes = TransposeConvFloat32.passes(params, operands, buffers);
        this.clamp = OutputClamp.int8(operands, buffers, params.activation());
        this.weights = QatWeights.ofShiftedInput(operands, buffers, CHANNEL_AXIS, (int) clamp.min(), (int) clamp.max());
        this.hasBias = operands.hasInput(2);
        this.initial = passes.newInitial();
        if (!weights.isTrained()) {
            pack();
        }
    }

    @Override
    public int scratch() {
        return passes.scratch();
    }

    @Override
    public void load() {
        if (weights.isTrained()) {
            weights.load();
            pack();
        }
    }

    private void pack() {
        passes.packForward(weights.integers(), 0);
        passes.packBackward(weights.reals(), 0);
    }

    @Override
    public void forward(Shard shard) {
        passes.forward(shard, input.zeroPoint(), initial);
        int pixels = rows.input() * columns.input();
        FloatSpan y = buffers.output();
        int from = y.offset() + shard.begin() * pixels * channels;
        int count = shard.samples() * pixels * channels;
        weights.noteScaled(buffers, from, count);
        buffers.math().requantize(y.array(), from, count, weights.table(), weights);
        for (int c = 0; weights.anyWide() && c < channels; c++) {
            for (int n = shard.begin(); weights.isWide(c) && n < shard.end(); n++) {
                wide(n, c);
            }
        }
        weights.noteRounding(buffers, from, count);
    }

    /** A channel of a sample whose sums floats cannot hold, in integers. */
    private void wide(int n, int c) {
        FloatSpan y = buffers.output();
        for (int i = 0; i < rows.input(); i++) {
            for (int j = 0; j < columns.input(); j++) {
                int at = y.offset() + ((n * rows.input() + i) * columns.input() + j) * channels + c;
                y.array()[at] = weights.requantize(sum(n, c, i, j), c);
            }
        }
    }

    /** As {@link TransposeConvInt8} computes it, without the bias. */
    private int sum(int n, int c, int y, int x) {
        FloatSpan in = buffers.input(0);
        int sum = 0;
        for (int i = rowsOf.first(y); i < rowsOf.end(y); i++) {
            int ky = y + rows.before() - i * rows.stride();
            for (int j = columnsOf.first(x); j < columnsOf.end(x); j++) {
                int kx = x + columns.before() - j * columns.stride();
                int from = in.offset() + ((n * rows.output() + i) * columns.output() + j) * inputChannels;
                int w = ((c * rows.taps() + ky) * columns.taps() + kx) * inputChannels;
                for (int k = 0; k < inputChannels; k++) {
                    sum += ((int) in.array()[from + k] - input.zeroPoint()) * (int) weights.integers()[w + k];
                }
            }
        }
        return sum;
    }

    @Override
    public void backward(Shard shard) {
        clamp.mask(shard);
        passes.backward(shard, input.zeroPoint(), input.scale(), weights.isTrained(), hasBias);
    }

    @Override
    public void settle() {
        weights.settle();
    }
}
