package org.tinytune.core.op.svdf;

import java.util.Arrays;
import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Shard;
import org.tinytune.core.graph.TrainingBuffers;
import org.tinytune.core.vector.PackedMatrix;
import org.tinytune.core.vector.Patches;
import org.tinytune.core.vector.VectorMath;

/**
 * The products of {@code SVDF} over whole sequences: features of all steps at once, then a convolution along time,
 * channel by channel, that sees nothing before the first step; backward the same two in reverse, which is exact.
 *
 * <p>The state's buffer holds the features, {@code [steps, FILTERS]} of each sequence: what a step adds to the state.
 * To be convolved they are staged in scratch with {@code MEMORY - 1} steps of zeros in front, or, for gradients,
 * behind.
 */
final class SvdfPasses {
    private final TrainingBuffers buffers;
    private final VectorMath math;
    private final int steps;
    private final int memory;
    private final int filters;
    private final int units;
    private final int inputs;
    private final PackedMatrix forward;
    private final PackedMatrix backward;
    private final Patches inputRows;
    private final Patches filterRows;
    private final Patches timeRows;
    private final float[] time;
    private final float[] timeReversed;
    private final float[] zeros;

    /** Where regions of scratch begin: one element a filter and entry, staged sequences, sums, and real inputs. */
    private final int staged;

    private final int sums;
    private final int reals;
    private final int products;
    private final int scratch;

    SvdfPasses(Operands operands, TrainingBuffers buffers) {
        this.buffers = buffers;
        this.math = buffers.math();
        this.steps = buffers.steps();
        this.filters = operands.input(Svdf.FEATURE_WEIGHTS).shape().dim(0);
        this.inputs = operands.input(Svdf.FEATURE_WEIGHTS).shape().dim(1);
        this.memory = operands.input(Svdf.TIME_WEIGHTS).shape().dim(1);
        this.units = operands.output().shape().dim(1);
        int entries = buffers.maxShardSamples();
        this.forward = new PackedMatrix(inputs, filters);
        this.backward = new PackedMatrix(filters, inputs);
        this.inputRows = Patches.rows(entries, inputs, filters);
        this.filterRows = Patches.rows(entries, filters, inputs);
        this.timeRows = timeRows(entries);
        this.time = new float[memory * filters];
        this.timeReversed = new float[memory * filters];
        this.zeros = new float[PackedMatrix.paddedColumns(Math.max(inputs, filters))];
        this.staged = entries * filters + VectorMath.SLACK;
        this.sums = staged + entries / steps * stagedElements() + VectorMath.SLACK;
        this.reals = sums + Math.max(time.length, units);
        this.products = reals + entries * inputs + VectorMath.SLACK;
        this.scratch = products + filters * inputs + VectorMath.SLACK;
    }

    private Patches timeRows(int entries) {
        int[] offsets = new int[entries];
        for (int n = 0; n < entries; n++) {
            offsets[n] = n / steps * stagedElements() + n % steps * filters;
        }
        return new Patches(offsets, Patches.multiples(memory, filters), filters, Patches.multiples(entries, filters));
    }

    /** Elements of a sequence in scratch. */
    private int stagedElements() {
        return (steps + memory - 1) * filters;
    }

    /** Floats of scratch. */
    int scratch() {
        return scratch;
    }

    int steps() {
        return steps;
    }

    int memory() {
        return memory;
    }

    int filters() {
        return filters;
    }

    int inputs() {
        return inputs;
    }

    int units() {
        return units;
    }

    /** Takes over the weights of the features in the forward pass, {@code [FILTERS, C_IN]}. */
    void packForward(float[] weights, int offset) {
        forward.set(0, inputs, weights, offset, 1, inputs);
    }

    /** Takes over the weights of the features in the backward pass, {@code [FILTERS, C_IN]}. */
    void packBackward(float[] weights, int offset) {
        backward.set(0, filters, weights, offset, inputs, 1);
    }

    /** Takes over the weights of time, {@code [FILTERS, MEMORY]}. */
    void packTime(float[] weights, int offset) {
        for (int f = 0; f < filters; f++) {
            for (int m = 0; m < memory; m++) {
                float w = weights[offset + f * memory + m];
                time[m * filters + f] = w;
                timeReversed[(memory - 1 - m) * filters + f] = w;
            }
        }
    }

    /** The products of a shard's inputs with the weights of the features, into the state. */
    void features(Shard shard) {
        FloatSpan x = buffers.input(0);
        FloatSpan state = buffers.input(Svdf.STATE);
        math.product(
                x.array(),
                x.offset() + shard.begin() * inputs,
                inputRows,
                shard.samples(),
                forward,
                zeros,
                state.array(),
                state.offset() + shard.begin() * filters);
    }

    /** The output of a shard from its features. */
    void output(Shard shard, float[] bias) {
        float[] products = shard.scratch();
        stageFeatures(shard);
        math.depthwise(shard.scratch(), staged, timeRows, shard.samples(), time, zeros, products, 0);
        FloatSpan y = buffers.output();
        int to = y.offset() + shard.begin() * units;
        int rank = filters / units;
        for (int i = 0; i < shard.samples() * units; i++) {
            float sum = bias[i % units];
            for (int r = 0; r < rank; r++) {
                sum += products[i * rank + r];
            }
            y.array()[to + i] = sum;
        }
    }

    private void stageFeatures(Shard shard) {
        FloatSpan state = buffers.input(Svdf.STATE);
        int from = state.offset() + shard.begin() * filters;
        stage(shard, state.array(), from, (memory - 1) * filters);
    }

    /** Copies sequences to scratch, with so many elements of zeros in front and all others behind. */
    private void stage(Shard shard, float[] from, int offset, int before) {
        float[] to = shard.scratch();
        int length = steps * filters;
        int at = staged;
        for (int n = 0; n < shard.samples(); n += steps) {
            Arrays.fill(to, at, at + before, 0);
            System.arraycopy(from, offset + n * filters, to, at + before, length);
            Arrays.fill(to, at + before + length, at + stagedElements(), 0);
            at += stagedElements();
        }
    }

    /**
     * Computes the gradients of a shard from that of the output, already masked.
     *
     * @param stateScale what the state counts in; 1 in float
     * @param limit features of this magnitude or more are clamped, and have no gradient; infinite in float
     * @param zero input that stands for 0
     * @param scale of the input
     * @param trained whether weights and bias get gradients
     * @param hasBias whether there is a bias
     */
    void backward(
            Shard shard, float stateScale, float limit, float zero, float scale, boolean trained, boolean hasBias) {
        if (shard.samples() == 0) {
            return;
        }
        float[] gradient = shard.scratch();
        spread(shard, gradient);
        if (trained) {
            if (hasBias) {
                biasGradient(shard);
            }
            timeGradient(shard, gradient, stateScale);
        }
        stage(shard, gradient, 0, 0);
        math.depthwise(shard.scratch(), staged, timeRows, shard.samples(), timeReversed, zeros, gradient, 0);
        FloatSpan state = buffers.input(Svdf.STATE);
        int at = state.offset() + shard.begin() * filters;
        if (limit != Float.POSITIVE_INFINITY) {
            math.maskClamped(gradient, 0, state.array(), at, shard.samples() * filters, -limit - 1, limit);
        }
        if (trained) {
            featureGradient(shard, gradient, zero, scale);
        }
        FloatSpan dx = buffers.inputGradient(0);
        if (dx != null) {
            int to = dx.offset() + shard.begin() * inputs;
            math.product(gradient, 0, filterRows, shard.samples(), backward, zeros, dx.array(), to);
        }
    }

    /** The gradient of a unit is that of each of its filters. */
    private void spread(Shard shard, float[] gradient) {
        FloatSpan dy = buffers.outputGradient();
        int from = dy.offset() + shard.begin() * units;
        int rank = filters / units;
        for (int i = 0; i < shard.samples() * filters; i++) {
            gradient[i] = dy.array()[from + i / rank];
        }
    }

    private void biasGradient(Shard shard) {
        FloatSpan dy = buffers.outputGradient();
        FloatSpan db = buffers.constantGradient(Svdf.BIAS, shard.index());
        int from = dy.offset() + shard.begin() * units;
        math.columnSums(dy.array(), from, shard.samples(), units, shard.scratch(), sums);
        math.add(db.array(), db.offset(), shard.scratch(), sums, units);
    }

    private void timeGradient(Shard shard, float[] gradient, float stateScale) {
        float[] s = shard.scratch();
        stageFeatures(shard);
        Arrays.fill(s, sums, sums + time.length, 0);
        math.depthwiseGradient(s, staged, timeRows, shard.samples(), gradient, 0, s, sums);
        FloatSpan dw = buffers.constantGradient(Svdf.TIME_WEIGHTS, shard.index());
        for (int f = 0; f < filters; f++) {
            for (int m = 0; m < memory; m++) {
                dw.array()[dw.offset() + f * memory + m] += s[sums + m * filters + f] * stateScale;
            }
        }
    }

    private void featureGradient(Shard shard, float[] gradient, float zero, float scale) {
        float[] x = buffers.input(0).array();
        int at = buffers.input(0).offset() + shard.begin() * inputs;
        if (zero != 0 || scale != 1) {
            math.dequantize(x, at, shard.scratch(), reals, shard.samples() * inputs, zero, scale);
            x = shard.scratch();
            at = reals;
        }
        float[] s = shard.scratch();
        Arrays.fill(s, products, products + filters * inputs, 0);
        math.outerProducts(gradient, 0, filters, filters, x, at, inputRows, shard.samples(), s, products);
        FloatSpan dw = buffers.constantGradient(Svdf.FEATURE_WEIGHTS, shard.index());
        math.add(dw.array(), dw.offset(), s, products, filters * inputs);
    }
}
