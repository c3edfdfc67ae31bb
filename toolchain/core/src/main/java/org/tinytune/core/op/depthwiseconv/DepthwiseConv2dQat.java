package org.tinytune.core.op.depthwiseconv;

import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Shard;
import org.tinytune.core.graph.TrainingBuffers;
import org.tinytune.core.graph.TrainingKernel;
import org.tinytune.core.op.DensePasses.GroupListener;
import org.tinytune.core.op.DepthwisePasses;
import org.tinytune.core.op.OutputClamp;
import org.tinytune.core.op.QatWeights;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.vector.Patches;

/** {@code DEPTHWISE_CONV_2D} in quantization-aware training: weights with a scale for each output channel. */
final class DepthwiseConv2dQat implements TrainingKernel {
    private static final int CHANNEL_AXIS = 3;

    private final TrainingBuffers buffers;
    private final Quantization input;
    private final DepthwisePasses passes;
    private final QatWeights weights;
    private final OutputClamp clamp;
    private final boolean hasBias;
    private final int channels;
    private final float[] initial;
    private final GroupListener requantize = this::requantize;

    DepthwiseConv2dQat(DepthwiseConv2dParams params, Operands operands, TrainingBuffers buffers) {
        this.buffers = buffers;
        this.input = operands.input(0).quantization();
        this.passes = DepthwiseConv2dFloat32.passes(params, operands, buffers);
        this.clamp = OutputClamp.int8(operands, buffers, params.activation());
        this.weights = new QatWeights(operands, buffers, CHANNEL_AXIS, false, (int) clamp.min(), (int) clamp.max());
        this.hasBias = operands.hasInput(2);
        this.channels = passes.channels();
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
        passes.forward(shard, input.zeroPoint(), initial, requantize);
    }

    private void requantize(float[] images, int from, int rows, int to) {
        float[] output = buffers.output().array();
        weights.noteScaled(buffers, to, rows * channels);
        buffers.math().requantize(output, to, rows * channels, weights.table(), weights);
        Patches patches = passes.patches();
        for (int c = 0; weights.anyWide() && c < channels; c++) {
            for (int i = 0; weights.isWide(c) && i < rows; i++) {
                int at = from + patches.offsets()[i] + c;
                output[to + i * channels + c] = weights.applyWide(images, at, patches.segments(), 1, c);
            }
        }
        weights.noteRounding(buffers, to, rows * channels);
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
