package org.tinytune.core.op;

import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Shard;
import org.tinytune.core.graph.TrainingBuffers;
import org.tinytune.core.graph.TrainingKernel;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.vector.Patches;
import org.tinytune.core.vector.VectorMath;

/** A convolution in quantization-aware training: weights with a scale for each output channel. */
public final class DenseQat implements TrainingKernel {
    private static final int CHANNEL_AXIS = 0;

    private final TrainingBuffers buffers;
    private final VectorMath math;
    private final Quantization input;
    private final WindowPatches window;
    private final DensePasses passes;
    private final QatWeights weights;
    private final OutputClamp clamp;
    private final boolean hasBias;
    private final float[] initial;
    private final DensePasses.GroupListener requantize = this::requantize;
    private final int channels;

    /** @param window what an output sees of the input, whose channels are the last extent of the weights */
    public DenseQat(Operands operands, TrainingBuffers buffers, WindowPatches window, Activation activation) {
        int inputChannels = operands.input(1).shape().dim(-1);
        int inputElements = operands.input(0).shape().elements();
        this.channels = operands.input(1).shape().dim(0);
        this.buffers = buffers;
        this.math = buffers.math();
        this.input = operands.input(0).quantization();
        this.window = window;
        this.passes = new DensePasses(window, buffers, inputElements, inputChannels, channels);
        this.clamp = OutputClamp.int8(operands, buffers, activation);
        this.weights = new QatWeights(operands, buffers, CHANNEL_AXIS, false, (int) clamp.min(), (int) clamp.max());
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
        passes.forward(shard, input.zeroPoint(), initial, requantize);
    }

    private void requantize(float[] images, int from, int rows, int to) {
        float[] output = buffers.output().array();
        weights.noteScaled(buffers, to, rows * channels);
        math.requantize(output, to, rows * channels, weights.table(), weights);
        Patches patches = window.forward();
        for (int c = 0; weights.anyWide() && c < channels; c++) {
            for (int i = 0; weights.isWide(c) && i < rows; i++) {
                int at = from + patches.offsets()[i];
                output[to + i * channels + c] = weights.applyWide(images, at, patches.segments(), patches.run(), c);
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
