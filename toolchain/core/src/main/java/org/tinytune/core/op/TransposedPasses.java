package org.tinytune.core.op;

import java.util.Arrays;
import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.Shard;
import org.tinytune.core.graph.TrainingBuffers;
import org.tinytune.core.op.WindowPatches.Residue;
import org.tinytune.core.vector.PackedMatrix;
import org.tinytune.core.vector.VectorMath;

/**
 * The products of a transposed convolution, forward and backward, in float and in integers: weights {@code [C_OUT, KH,
 * KW, C_IN]}. It is a convolution whose passes have changed places: the window slides over the <em>output</em>, forward
 * is what {@link DensePasses} does backward, residue by residue, and the input's gradient is a convolution of the
 * output's.
 */
public final class TransposedPasses {
    private final WindowPatches window;
    private final TrainingBuffers buffers;
    private final VectorMath math;
    private final int inputChannels;
    private final int outputChannels;
    private final int inputElements;
    private final int outputElements;
    private final PackedMatrix[] forward;
    private final PackedMatrix backward;
    private final float[] zeros;
    private final int staged;
    private final int reals;

    /**
     * @param rows the window along the rows of the output
     * @param columns the window along the columns of the output
     */
    public TransposedPasses(
            SlidingWindow rows, SlidingWindow columns, TrainingBuffers buffers, int inputChannels, int outputChannels) {
        this.buffers = buffers;
        this.math = buffers.math();
        this.inputChannels = inputChannels;
        this.outputChannels = outputChannels;
        this.window = new WindowPatches(rows, columns, outputChannels, inputChannels, true, buffers.maxShardSamples());
        this.inputElements = window.outputs() * inputChannels;
        this.outputElements = rows.input() * columns.input() * outputChannels;
        this.forward = new PackedMatrix[window.residues().size()];
        for (int i = 0; i < forward.length; i++) {
            int taps = window.residues().get(i).taps().length;
            forward[i] = new PackedMatrix(taps * inputChannels, outputChannels);
        }
        this.backward = new PackedMatrix(window.taps() * outputChannels, inputChannels);
        this.zeros = new float[PackedMatrix.paddedColumns(inputChannels)];
        this.staged = window.scratch();
        this.reals = window.group() * inputElements + VectorMath.SLACK;
    }

    /** Floats of scratch: staged images, inputs less their zero point, then sums of gradients. */
    public int scratch() {
        return staged + reals + Math.max(weights(), outputChannels);
    }

    private int weights() {
        return outputChannels * window.taps() * inputChannels;
    }

    /** Output channels. */
    public int outputChannels() {
        return outputChannels;
    }

    /** An array for the beginning of the forward sums: as many elements as there are output channels, padded. */
    public float[] newInitial() {
        return new float[PackedMatrix.paddedColumns(outputChannels)];
    }

    /** Takes over the weights of the forward pass. */
    public void packForward(float[] weights, int offset) {
        int perChannel = window.taps() * inputChannels;
        for (int i = 0; i < forward.length; i++) {
            int[] taps = window.residues().get(i).taps();
            for (int t = 0; t < taps.length; t++) {
                int from = offset + taps[t] * inputChannels;
                forward[i].set(t * inputChannels, inputChannels, weights, from, 1, perChannel);
            }
        }
    }

    /** Takes over the weights of the backward pass. */
    public void packBackward(float[] weights, int offset) {
        int perChannel = window.taps() * inputChannels;
        for (int t = 0; t < window.taps(); t++) {
            int from = offset + t * inputChannels;
            backward.set(t * outputChannels, outputChannels, weights, from, perChannel, 1);
        }
    }

    /**
     * Computes the output of a shard.
     *
     * @param zero input that stands for 0; it is subtracted, since an output pixel sees only some of the taps
     * @param initial where every channel's sum begins
     */
    public void forward(Shard shard, float zero, float[] initial) {
        FloatSpan output = buffers.output();
        for (int n = shard.begin(); n < shard.end(); n += window.group()) {
            int samples = Math.min(window.group(), shard.end() - n);
            float[] images = buffers.input(0).array();
            int from = buffers.input(0).offset() + n * inputElements;
            if (zero != 0) {
                math.dequantize(images, from, shard.scratch(), staged, samples * inputElements, zero, 1);
                images = shard.scratch();
                from = staged;
            }
            if (!window.readsGradients()) {
                window.stageGradients(images, from, samples, shard.scratch());
                images = shard.scratch();
                from = 0;
            }
            int to = output.offset() + n * outputElements;
            for (int i = 0; i < forward.length; i++) {
                Residue residue = window.residues().get(i);
                int rows = samples * residue.inputs();
                math.product(images, from, residue.patches(), rows, forward[i], initial, output.array(), to);
            }
        }
    }

    /** Computes the gradients of a shard; otherwise as {@link DensePasses#backward}. */
    public void backward(Shard shard, float zero, float scale, boolean trained, boolean hasBias) {
        if (shard.samples() == 0) {
            return;
        }
        if (trained && hasBias) {
            biasGradient(shard);
        }
        int sums = staged + reals;
        Arrays.fill(shard.scratch(), sums, sums + weights(), 0);
        for (int n = shard.begin(); n < shard.end(); n += window.group()) {
            int samples = Math.min(window.group(), shard.end() - n);
            float[] images = buffers.outputGradient().array();
            int from = buffers.outputGradient().offset() + n * outputElements;
            if (!window.readsInputs()) {
                window.stageInputs(math, images, from, samples, shard.scratch(), 0);
                images = shard.scratch();
                from = 0;
            }
            int rows = samples * window.outputs();
            if (trained) {
                weightGradient(n, rows, images, from, shard.scratch(), zero, scale);
            }
            FloatSpan dx = buffers.inputGradient(0);
            if (dx != null) {
                int to = dx.offset() + n * inputElements;
                math.product(images, from, window.forward(), rows, backward, zeros, dx.array(), to);
            }
        }
        if (trained) {
            addTransposed(buffers.constantGradient(1, shard.index()), shard.scratch(), sums);
        }
    }

    /** Adds to sums of {@code [C_IN, KH, KW, C_OUT]}: which pixel of the input met which of the output's gradient. */
    private void weightGradient(
            int first, int rows, float[] images, int from, float[] scratch, float zero, float scale) {
        float[] x = buffers.input(0).array();
        int at = buffers.input(0).offset() + first * inputElements;
        if (zero != 0 || scale != 1) {
            math.dequantize(x, at, scratch, staged, rows * inputChannels, zero, scale);
            x = scratch;
            at = staged;
        }
        math.outerProducts(
                x, at, inputChannels, inputChannels, images, from, window.forward(), rows, scratch, staged + reals);
    }

    private void addTransposed(FloatSpan dw, float[] sums, int at) {
        int columns = window.taps() * outputChannels;
        for (int c = 0; c < outputChannels; c++) {
            for (int tap = 0; tap < window.taps(); tap++) {
                int to = dw.offset() + (c * window.taps() + tap) * inputChannels;
                int from = at + tap * outputChannels + c;
                for (int k = 0; k < inputChannels; k++) {
                    dw.array()[to + k] += sums[from + k * columns];
                }
            }
        }
    }

    private void biasGradient(Shard shard) {
        FloatSpan dy = buffers.outputGradient();
        FloatSpan db = buffers.constantGradient(2, shard.index());
        int at = staged + reals;
        int from = dy.offset() + shard.begin() * outputElements;
        int pixels = shard.samples() * (outputElements / outputChannels);
        math.columnSums(dy.array(), from, pixels, outputChannels, shard.scratch(), at);
        math.add(db.array(), db.offset(), shard.scratch(), at, outputChannels);
    }
}
