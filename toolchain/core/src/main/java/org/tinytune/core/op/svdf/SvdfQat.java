package org.tinytune.core.op.svdf;

import java.util.Arrays;
import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Shard;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.graph.TrainingBuffers;
import org.tinytune.core.graph.TrainingKernel;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.Int8Tensors;
import org.tinytune.core.op.OutputClamp;
import org.tinytune.core.op.QuantizedWeights;
import org.tinytune.core.op.StateWeights;
import org.tinytune.core.quant.FixedPoint;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.quant.QuantizedMultiplier;
import org.tinytune.core.tensor.ElementType;

/**
 * {@code SVDF} in quantization-aware training. Products of the features are whole floats where these are exact, and
 * integers where {@code 128 · Σ|w| > 2^24}; everything after them, of which there is little, is computed in integers,
 * as {@link SvdfInt8} does.
 */
final class SvdfQat implements TrainingKernel {
    private static final int FLOAT_INTEGERS = 1 << 24;
    private static final int MAX_INPUT = 128;

    private final TrainingBuffers buffers;
    private final SvdfPasses passes;
    private final OutputClamp clamp;
    private final Quantization input;
    private final Quantization output;
    private final float stateScale;
    private final boolean trained;
    private final boolean hasBias;
    private final QuantizedWeights feature;
    private final StateWeights time;
    private final float[] timeReals;
    private final int[] featureBias;

    /** The weights of time as {@code [MEMORY, FILTERS]}. */
    private final int[] timeIntegers;

    private final int[][] sums;
    private long toState;
    private long toOutput;

    SvdfQat(SvdfParams params, Operands operands, TrainingBuffers buffers) {
        Tensor weights = operands.input(Svdf.FEATURE_WEIGHTS);
        Tensor timeWeights = operands.input(Svdf.TIME_WEIGHTS);
        this.buffers = buffers;
        this.input = Int8Tensors.activation(operands.input(0)).quantization();
        this.output = Int8Tensors.activation(operands.output()).quantization();
        this.stateScale = SvdfInt8.state(operands).quantization().scale();
        this.trained = weights.type() == ElementType.FLOAT32;
        this.hasBias = operands.hasInput(Svdf.BIAS);
        this.passes = new SvdfPasses(operands, buffers);
        this.clamp = OutputClamp.int8(operands, buffers, Activation.NONE);
        this.feature = new QuantizedWeights(buffers.math(), weights.shape(), 0, true);
        feature.scaleBy(buffers.scales(Svdf.FEATURE_WEIGHTS));
        this.time = new StateWeights(timeWeights.shape(), passes.units());
        this.timeReals = new float[timeWeights.shape().elements()];
        this.timeIntegers = new int[timeReals.length];
        this.featureBias = new int[passes.filters()];
        this.sums = new int[buffers.shards()][passes.filters()];
        if (!trained) {
            SvdfInt8 kernel = SvdfInt8.prepare(params, operands);
            feature.set(weights.int8Data(), weights.quantization(), new int[passes.filters()]);
            time.set(timeWeights.int16Data(), timeWeights.quantization(), kernel.bias());
            derive();
        }
    }

    @Override
    public int scratch() {
        return passes.scratch();
    }

    @Override
    public void load() {
        if (trained) {
            FloatSpan f = buffers.input(Svdf.FEATURE_WEIGHTS);
            FloatSpan t = buffers.input(Svdf.TIME_WEIGHTS);
            FloatSpan b = hasBias ? buffers.input(Svdf.BIAS) : null;
            feature.quantize(f.array(), f.offset(), null, 0, input.scale());
            time.quantize(t.array(), t.offset(), b == null ? null : b.array(), b == null ? 0 : b.offset(), stateScale);
            derive();
        }
    }

    private void derive() {
        time.dequantize(timeReals);
        passes.packForward(feature.integers(), 0);
        passes.packBackward(feature.reals(), 0);
        passes.packTime(timeReals, 0);
        for (int f = 0; f < featureBias.length; f++) {
            featureBias[f] = -input.zeroPoint() * feature.sum(f);
            for (int m = 0; m < passes.memory(); m++) {
                timeIntegers[m * featureBias.length + f] = time.integers()[f * passes.memory() + m];
            }
        }
        toState = QuantizedMultiplier.bitsOf(input.scale() * feature.scale(0) / stateScale);
        toOutput = QuantizedMultiplier.bitsOf(stateScale * time.scale() / output.scale());
    }

    @Override
    public void forward(Shard shard) {
        passes.features(shard);
        requantizeFeatures(shard);
        for (int n = shard.begin(); n < shard.end(); n++) {
            output(shard, n);
        }
    }

    private void requantizeFeatures(Shard shard) {
        FloatSpan state = buffers.input(Svdf.STATE);
        for (int f = 0; f < featureBias.length; f++) {
            boolean wide = (long) MAX_INPUT * feature.sumOfMagnitudes(f) > FLOAT_INTEGERS;
            for (int n = shard.begin(); n < shard.end(); n++) {
                int at = state.offset() + n * featureBias.length + f;
                int product = wide ? product(n, f) : (int) state.array()[at];
                int rescaled = apply(toState, product + featureBias[f]);
                state.array()[at] = FixedPoint.clamp(rescaled, Short.MIN_VALUE, Short.MAX_VALUE);
            }
        }
    }

    private static int apply(long multiplier, int acc) {
        return QuantizedMultiplier.apply(acc, (int) (multiplier >> Integer.SIZE), (int) multiplier);
    }

    private int product(int n, int filter) {
        FloatSpan x = buffers.input(0);
        int from = x.offset() + n * passes.inputs();
        int sum = 0;
        for (int k = 0; k < passes.inputs(); k++) {
            sum += ((int) x.array()[from + k]) * feature.integer(filter, k);
        }
        return sum;
    }

    /** The output of an entry, from the features of its step and of those before it in its sequence. */
    private void output(Shard shard, int n) {
        FloatSpan state = buffers.input(Svdf.STATE);
        int[] acc = sums[shard.index()];
        int filters = acc.length;
        Arrays.fill(acc, 0);
        int seen = Math.min(passes.memory(), n % passes.steps() + 1);
        for (int back = 0; back < seen; back++) {
            int weights = (passes.memory() - 1 - back) * filters;
            int from = state.offset() + (n - back) * filters;
            for (int f = 0; f < filters; f++) {
                acc[f] += timeIntegers[weights + f] * ((int) state.array()[from + f]);
            }
        }
        FloatSpan y = buffers.output();
        int units = passes.units();
        int rank = filters / units;
        for (int u = 0; u < units; u++) {
            int sum = time.bias()[u];
            for (int r = 0; r < rank; r++) {
                sum += acc[u * rank + r];
            }
            int rescaled = apply(toOutput, sum);
            int q = FixedPoint.clamp(rescaled + output.zeroPoint(), Byte.MIN_VALUE, Byte.MAX_VALUE);
            y.array()[y.offset() + n * units + u] = q;
            noteRounding(n * units + u, rescaled - (double) sum * stateScale * time.scale() / output.scale());
        }
    }

    private void noteRounding(int at, double rounding) {
        FloatSpan noted = buffers.rounding();
        if (noted != null) {
            noted.array()[noted.offset() + at] = (float) rounding;
        }
    }

    @Override
    public void backward(Shard shard) {
        clamp.mask(shard);
        passes.backward(shard, stateScale, Short.MAX_VALUE, input.zeroPoint(), input.scale(), trained, hasBias);
    }

    @Override
    public void settle() {
        FloatSpan ofScale = buffers.scaleGradient(Svdf.FEATURE_WEIGHTS);
        if (ofScale != null) {
            feature.settle(
                    buffers.input(Svdf.FEATURE_WEIGHTS), buffers.constantGradient(Svdf.FEATURE_WEIGHTS, 0), ofScale);
        }
    }
}
