package org.tinytune.core.op;

import java.util.Arrays;
import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.Shard;
import org.tinytune.core.graph.TrainingBuffers;
import org.tinytune.core.op.DensePasses.GroupListener;
import org.tinytune.core.op.WindowPatches.Residue;
import org.tinytune.core.vector.Patches;
import org.tinytune.core.vector.VectorMath;

/**
 * The products of a depthwise convolution, forward and backward, in float and in integers: weights {@code [1, KH, KW,
 * C_IN·M]}, one channel of the input to M of the output. With M above 1, every input channel is written M times into
 * scratch first, and what follows has as many channels on both sides.
 */
public final class DepthwisePasses {
    private final WindowPatches window;
    private final TrainingBuffers buffers;
    private final VectorMath math;
    private final int multiplier;
    private final int channels;
    private final int inputPixels;
    private final int inputElements;
    private final int outputElements;
    private final float[] forward;
    private final float[][] backward;
    private final float[] zeros;
    private final int staged;
    private final int expanded;

    /**
     * @param rows the window along the rows
     * @param columns the window along the columns
     * @param inputChannels of the input
     * @param multiplier output channels of each
     */
    public DepthwisePasses(
            SlidingWindow rows, SlidingWindow columns, TrainingBuffers buffers, int inputChannels, int multiplier) {
        this.buffers = buffers;
        this.math = buffers.math();
        this.multiplier = multiplier;
        this.channels = inputChannels * multiplier;
        this.window = new WindowPatches(rows, columns, channels, channels, false, buffers.maxShardSamples());
        this.inputPixels = rows.input() * columns.input();
        this.inputElements = inputPixels * inputChannels;
        this.outputElements = window.outputs() * channels;
        this.forward = new float[weights() + VectorMath.SLACK];
        this.backward = new float
                [buffers.inputGradient(0) == null ? 0 : window.residues().size()][];
        Arrays.setAll(backward, i -> new float[window.residues().get(i).taps().length * channels + VectorMath.SLACK]);
        this.zeros = new float[channels + VectorMath.SLACK];
        this.staged = window.scratch();
        this.expanded = multiplier == 1 ? 0 : window.group() * inputPixels * channels;
    }

    /** Floats of scratch. */
    public int scratch() {
        return staged + weights() + channels + expanded;
    }

    private int weights() {
        return window.taps() * channels;
    }

    /** Output channels. */
    public int channels() {
        return channels;
    }

    /** An array for the beginning of the forward sums, of as many elements as there are channels and some slack. */
    public float[] newInitial() {
        return new float[channels + VectorMath.SLACK];
    }

    /** What the window sees, forward. */
    public Patches patches() {
        return window.forward();
    }

    /** Takes over the weights of the forward pass. */
    public void packForward(float[] weights, int offset) {
        System.arraycopy(weights, offset, forward, 0, weights());
    }

    /** Takes over the weights of the backward pass. */
    public void packBackward(float[] weights, int offset) {
        for (int i = 0; i < backward.length; i++) {
            int[] taps = window.residues().get(i).taps();
            for (int t = 0; t < taps.length; t++) {
                System.arraycopy(weights, offset + taps[t] * channels, backward[i], t * channels, channels);
            }
        }
    }

    /** Computes the output of a shard; otherwise as {@link DensePasses#forward}. */
    public void forward(Shard shard, float padding, float[] initial, GroupListener listener) {
        FloatSpan output = buffers.output();
        for (int n = shard.begin(); n < shard.end(); n += window.group()) {
            int samples = Math.min(window.group(), shard.end() - n);
            int rows = samples * window.outputs();
            int to = output.offset() + n * outputElements;
            boolean direct = isDirect();
            float[] images = direct ? buffers.input(0).array() : shard.scratch();
            int from = direct ? buffers.input(0).offset() + n * inputElements : 0;
            if (!direct) {
                stageInput(n, samples, shard.scratch(), padding);
            }
            math.depthwise(images, from, window.forward(), rows, forward, initial, output.array(), to);
            listener.computed(images, from, rows, to);
        }
    }

    /** Whether the window can read the input where it is. */
    private boolean isDirect() {
        return multiplier == 1 && window.readsInputs();
    }

    private void stageInput(int first, int samples, float[] scratch, float padding) {
        float[] images = buffers.input(0).array();
        int from = buffers.input(0).offset() + first * inputElements;
        if (multiplier > 1) {
            int to = staged + weights() + channels;
            expand(images, from, samples * inputElements, scratch, to);
            images = scratch;
            from = to;
        }
        window.stageInputs(math, images, from, samples, scratch, padding);
    }

    private void expand(float[] from, int offset, int count, float[] to, int toOffset) {
        int at = toOffset;
        for (int i = 0; i < count; i++) {
            for (int m = 0; m < multiplier; m++) {
                to[at++] = from[offset + i];
            }
        }
    }

    /** Computes the gradients of a shard; otherwise as {@link DensePasses#backward}. */
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
        boolean once = shard.samples() <= window.group();
        if (!once) {
            Arrays.fill(scratch, staged, staged + weights(), 0);
        }
        boolean real = zero == 0 && scale == 1;
        for (int n = shard.begin(); n < shard.end(); n += window.group()) {
            int samples = Math.min(window.group(), shard.end() - n);
            float[] images = scratch;
            int from = 0;
            if (isDirect()) {
                images = buffers.input(0).array();
                from = buffers.input(0).offset() + n * inputElements;
            } else {
                stageInput(n, samples, scratch, zero);
            }
            if (!real) {
                int count = samples * window.stagedElements();
                math.dequantize(images, from, scratch, 0, count, zero, scale);
                images = scratch;
                from = 0;
            }
            math.depthwiseGradient(
                    images,
                    from,
                    window.forward(),
                    samples * window.outputs(),
                    dy.array(),
                    dy.offset() + n * outputElements,
                    once ? dw.array() : scratch,
                    once ? dw.offset() : staged);
        }
        if (!once) {
            math.add(dw.array(), dw.offset(), scratch, staged, weights());
        }
    }

    private void biasGradient(Shard shard) {
        FloatSpan dy = buffers.outputGradient();
        FloatSpan db = buffers.constantGradient(2, shard.index());
        int at = staged + weights();
        int from = dy.offset() + shard.begin() * outputElements;
        math.columnSums(dy.array(), from, shard.samples() * window.outputs(), channels, shard.scratch(), at);
        math.add(db.array(), db.offset(), shard.scratch(), at, channels);
    }

    private void inputGradient(Shard shard) {
        FloatSpan dx = buffers.inputGradient(0);
        float[] scratch = shard.scratch();
        int sums = staged + weights() + channels;
        for (int n = shard.begin(); n < shard.end(); n += window.group()) {
            int samples = Math.min(window.group(), shard.end() - n);
            float[] images = buffers.outputGradient().array();
            int from = buffers.outputGradient().offset() + n * outputElements;
            if (!window.readsGradients()) {
                window.stageGradients(images, from, samples, scratch);
                images = scratch;
                from = 0;
            }
            int to = dx.offset() + n * inputElements;
            for (int i = 0; i < backward.length; i++) {
                Residue residue = window.residues().get(i);
                math.depthwise(
                        images,
                        from,
                        residue.patches(),
                        samples * residue.inputs(),
                        backward[i],
                        zeros,
                        multiplier == 1 ? dx.array() : scratch,
                        multiplier == 1 ? to : sums);
            }
            if (multiplier > 1) {
                contract(scratch, sums, samples * inputElements, dx.array(), to);
            }
        }
    }

    /** The gradient of an input channel is the sum of those of its copies. */
    private void contract(float[] from, int offset, int count, float[] to, int toOffset) {
        int at = offset;
        for (int i = 0; i < count; i++) {
            float sum = 0;
            for (int m = 0; m < multiplier; m++) {
                sum += from[at++];
            }
            to[toOffset + i] = sum;
        }
    }
}
