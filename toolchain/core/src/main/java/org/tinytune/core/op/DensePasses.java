package org.tinytune.core.op;

import java.util.Arrays;
import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.Shard;
import org.tinytune.core.graph.TrainingBuffers;
import org.tinytune.core.vector.PackedMatrix;
import org.tinytune.core.vector.Patches;
import org.tinytune.core.vector.VectorMath;

/**
 * The products of a convolution (or of a fully connected layer, which is one of 1 by 1), forward and backward, in float
 * and in integers: weights {@code [C_OUT, KH, KW, C_IN]} times the patches that the window sees. Patches are never
 * written out; images are padded in scratch where the window leaves them.
 */
public final class DensePasses {
    private final WindowPatches window;
    private final TrainingBuffers buffers;
    private final VectorMath math;
    private final int inputChannels;
    private final int outputChannels;
    private final int inputElements;
    private final int outputElements;
    private final PackedMatrix forward;
    private final PackedMatrix[] backward;
    private final float[] zeros;
    private final int staged;

    /** Sees the outputs of a group of samples while what the window saw is at hand. */
    @FunctionalInterface
    public interface GroupListener {
        /** Sees nothing. */
        GroupListener NONE = (input, inputOffset, rows, outputOffset) -> {};

        /**
         * @param input the staged inputs
         * @param inputOffset where they begin
         * @param rows outputs of the group, channels not counted
         * @param outputOffset where they begin in the output's array
         */
        void computed(float[] input, int inputOffset, int rows, int outputOffset);
    }

    /**
     * @param window what the window sees
     * @param inputElements of one sample
     */
    public DensePasses(
            WindowPatches window, TrainingBuffers buffers, int inputElements, int inputChannels, int outputChannels) {
        this.window = window;
        this.buffers = buffers;
        this.math = buffers.math();
        this.inputElements = inputElements;
        this.inputChannels = inputChannels;
        this.outputChannels = outputChannels;
        this.outputElements = window.outputs() * outputChannels;
        this.forward = new PackedMatrix(window.taps() * inputChannels, outputChannels);
        boolean needed = buffers.inputGradient(0) != null;
        this.backward = new PackedMatrix[needed ? window.residues().size() : 0];
        for (int i = 0; i < backward.length; i++) {
            int taps = window.residues().get(i).taps().length;
            backward[i] = new PackedMatrix(taps * outputChannels, inputChannels);
        }
        this.zeros = new float[PackedMatrix.paddedColumns(Math.max(inputChannels, outputChannels))];
        this.staged = window.scratch();
    }

    /** Floats of scratch. */
    public int scratch() {
        return staged + weights() + outputChannels;
    }

    private int weights() {
        return outputChannels * window.taps() * inputChannels;
    }

    /** Output channels. */
    public int outputChannels() {
        return outputChannels;
    }

    /** An array for the beginning of the forward sums: as many elements as there are channels, padded. */
    public float[] newInitial() {
        return new float[PackedMatrix.paddedColumns(outputChannels)];
    }

    /** Takes over the weights of the forward pass. */
    public void packForward(float[] weights, int offset) {
        forward.set(0, forward.rows(), weights, offset, 1, forward.rows());
    }

    /** Takes over the weights of the backward pass. */
    public void packBackward(float[] weights, int offset) {
        int perChannel = window.taps() * inputChannels;
        for (int i = 0; i < backward.length; i++) {
            int[] taps = window.residues().get(i).taps();
            for (int t = 0; t < taps.length; t++) {
                int from = offset + taps[t] * inputChannels;
                backward[i].set(t * outputChannels, outputChannels, weights, from, perChannel, 1);
            }
        }
    }

    /**
     * Computes the output of a shard.
     *
     * @param padding what lies outside of images
     * @param initial where every channel's sum begins
     * @param listener sees every group
     */
    public void forward(Shard shard, float padding, float[] initial, GroupListener listener) {
        FloatSpan input = buffers.input(0);
        FloatSpan output = buffers.output();
        for (int n = shard.begin(); n < shard.end(); n += window.group()) {
            int samples = Math.min(window.group(), shard.end() - n);
            int rows = samples * window.outputs();
            int to = output.offset() + n * outputElements;
            float[] images = input.array();
            int from = input.offset() + n * inputElements;
            if (!window.readsInputs()) {
                window.stageInputs(math, images, from, samples, shard.scratch(), padding);
                images = shard.scratch();
                from = 0;
            }
            math.product(images, from, window.forward(), rows, forward, initial, output.array(), to);
            listener.computed(images, from, rows, to);
        }
    }

    /**
     * Computes the gradients of a shard from that of the output, already masked.
     *
     * @param zero input that stands for 0
     * @param scale of the input: {@code real = (input - zero) · scale}
     * @param trained whether weights and bias get gradients
     * @param hasBias whether there is a bias
     */
    public void backward(Shard shard, float zero, float scale, boolean trained, boolean hasBias) {
        if (shard.samples() == 0) {
            return;
        }
        if (trained) {
            weightGradient(shard, zero, scale);
            if (hasBias) {
                biasGradient(shard);
            }
        }
        if (buffers.inputGradient(0) != null) {
            inputGradient(shard);
        }
    }

    private void weightGradient(Shard shard, float zero, float scale) {
        FloatSpan dy = buffers.outputGradient();
        FloatSpan dw = buffers.constantGradient(1, shard.index());
        float[] scratch = shard.scratch();
        Arrays.fill(scratch, staged, staged + weights(), 0);
        boolean real = zero == 0 && scale == 1;
        for (int n = shard.begin(); n < shard.end(); n += window.group()) {
            int samples = Math.min(window.group(), shard.end() - n);
            float[] images = buffers.input(0).array();
            int from = buffers.input(0).offset() + n * inputElements;
            if (!window.readsInputs()) {
                window.stageInputs(math, images, from, samples, scratch, zero);
                images = scratch;
                from = 0;
            }
            if (!real) {
                int count = samples * window.stagedElements();
                math.dequantize(images, from, scratch, 0, count, zero, scale);
                images = scratch;
                from = 0;
            }
            math.outerProducts(
                    dy.array(),
                    dy.offset() + n * outputElements,
                    outputChannels,
                    outputChannels,
                    images,
                    from,
                    window.forward(),
                    samples * window.outputs(),
                    scratch,
                    staged);
        }
        math.add(dw.array(), dw.offset(), scratch, staged, weights());
    }

    private void biasGradient(Shard shard) {
        FloatSpan dy = buffers.outputGradient();
        FloatSpan db = buffers.constantGradient(2, shard.index());
        int at = staged + weights();
        int from = dy.offset() + shard.begin() * outputElements;
        math.columnSums(dy.array(), from, shard.samples() * window.outputs(), outputChannels, shard.scratch(), at);
        math.add(db.array(), db.offset(), shard.scratch(), at, outputChannels);
    }

    private void inputGradient(Shard shard) {
        FloatSpan dx = buffers.inputGradient(0);
        for (int n = shard.begin(); n < shard.end(); n += window.group()) {
            int samples = Math.min(window.group(), shard.end() - n);
            float[] images = buffers.outputGradient().array();
            int from = buffers.outputGradient().offset() + n * outputElements;
            if (!window.readsGradients()) {
                window.stageGradients(images, from, samples, shard.scratch());
                images = shard.scratch();
                from = 0;
            }
            for (int i = 0; i < backward.length; i++) {
                WindowPatches.Residue residue = window.residues().get(i);
                Patches patches = residue.patches();
                int to = dx.offset() + n * inputElements;
                math.product(images, from, patches, samples * residue.inputs(), backward[i], zeros, dx.array(), to);
            }
        }
    }
}
