package org.tinytune.core.op;

import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.graph.TrainingBuffers;
import org.tinytune.core.graph.TrainingKernel;
import org.tinytune.core.quant.FixedPoint;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.quant.QuantizedMultiplier;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.vector.Periodic;
import org.tinytune.core.vector.RequantizeTable;
import org.tinytune.core.vector.VectorMath;

/**
 * The weights of an operator in quantization-aware training, and the exact way from its accumulators to its outputs.
 *
 * <p>Inputs stay raw int8: what the zero point contributes, {@code -z · Σw}, is folded into the bias. A product of raw
 * integers in floats is exact while {@code 128 · Σ|w| <= 2^24}; a channel beyond that is <em>wide</em> and computed in
 * integers.
 *
 * <p>An accumulator is rescaled in float where that is certain to round as the integers do. The integers round twice,
 * first to a multiple of 2^-right of an output step, so they differ from the real product by at most 2^-(right + 1);
 * the float product of a whole number below 2^24 and a rounded factor differs from it by at most 2^-23 of itself, and
 * results past 512 steps are clamped whatever they are. So {@code |r - round(r)| <= 0.5 - 2^-(right + 1) - 2^-13} makes
 * certain, and what is left, one element in a hundred or so, goes through the integers. Checked by: QatKernelTest.
 */
public final class QatWeights implements VectorMath.ExactRequantizer {
    private static final int FLOAT_INTEGERS = 1 << 24;
    private static final int MAX_INPUT = 128;
    private static final int MAX_SHIFTED_INPUT = 255;
    private static final float FLOAT_ERROR = 0x1p-13f;

    private static final int DOUBLE_FRACTION_BITS = 52;

    /** Rounds once only: without a right shift nothing is rounded twice. */
    private static final int MAX_LEFT_SHIFT = 6;

    private final Operands operands;
    private final FloatSpan weights;
    private final FloatSpan bias;
    private final FloatSpan gradient;
    private final FloatSpan scaleGradient;
    private final boolean perTensor;
    private final int foldedZeroPoint;
    private final int maxInput;
    private final QuantizedWeights quantized;
    private final int[] folded;
    private final int[] values;
    private final int[] shifts;
    private final RequantizeTable table;
    private final boolean[] wide;
    private boolean anyWide;

    /**
     * @param axis of the output channels among the weights, the first or the last
     * @param perTensor whether all channels share a scale, and the multiplier comes from the float product of the
     *     scales
     * @param min least output
     * @param max greatest output
     * @throws InvalidModelException if the operands are not those of a weighted operator in int8
     */
    public QatWeights(Operands operands, TrainingBuffers buffers, int axis, boolean perTensor, int min, int max) {
        this(operands, buffers, axis, perTensor, true, true, min, max);
    }

    /**
     * Of an operator that has no use for {@link #reals}: one scale for all weights, whose integers it multiplies by in
     * both passes.
     *
     * @param axis of the output channels among the weights, the first or the last
     * @param min least output
     * @param max greatest output
     * @throws InvalidModelException if the operands are not those of a weighted operator in int8
     */
    public static QatWeights ofIntegers(Operands operands, TrainingBuffers buffers, int axis, int min, int max) {
        return new QatWeights(operands, buffers, axis, true, true, false, min, max);
    }

    /**
     * Of an operator whose outputs see different numbers of weights, so that it subtracts the zero point of the input
     * itself: one scale a channel, and a channel is wide if {@code 255 · Σ|w| > 2^24}.
     *
     * @param axis of the output channels among the weights, the first or the last
     * @param min least output
     * @param max greatest output
     * @throws InvalidModelException if the operands are not those of a weighted operator in int8
     */
    public static QatWeights ofShiftedInput(Operands operands, TrainingBuffers buffers, int axis, int min, int max) {
        return new QatWeights(operands, buffers, axis, false, false, true, min, max);
    }

    private QatWeights(
            Operands operands,
            TrainingBuffers buffers,
            int axis,
            boolean perTensor,
            boolean rawInput,
            boolean keepsReals,
            int min,
            int max) {
        this.operands = operands;
        this.perTensor = perTensor;
        Tensor input = Int8Tensors.activation(operands.input(0));
        this.foldedZeroPoint = rawInput ? input.quantization().zeroPoint() : 0;
        this.maxInput = rawInput ? MAX_INPUT : MAX_SHIFTED_INPUT;
        Int8Tensors.activation(operands.output());
        Tensor tensor = operands.input(1);
        quantized = new QuantizedWeights(buffers.math(), tensor.shape(), axis, perTensor, keepsReals);
        quantized.scaleBy(buffers.scales(1));
        gradient = buffers.constantGradient(1, 0);
        scaleGradient = buffers.scaleGradient(1);
        int channels = quantized.channels();
        folded = new int[channels];
        values = new int[channels];
        shifts = new int[channels];
        wide = new boolean[channels];
        table = new RequantizeTable(channels, operands.output().quantization().zeroPoint(), min, max);
        if (tensor.type() == ElementType.INT8) {
            weights = null;
            bias = null;
            quantized.set(
                    Int8Tensors.weights(operands, axis), tensor.quantization(), Int8Tensors.bias(operands, channels));
            derive();
        } else {
            weights = buffers.input(1);
            bias = operands.hasInput(2) ? buffers.input(2) : null;
        }
    }

    /** Whether the weights are real and quantized in every step. */
    public boolean isTrained() {
        return weights != null;
    }

    /** Quantizes the weights anew. */
    public void load() {
        if (isTrained()) {
            quantized.quantize(
                    weights.array(),
                    weights.offset(),
                    bias == null ? null : bias.array(),
                    bias == null ? 0 : bias.offset(),
                    inputQuantization().scale());
            derive();
        }
    }

    /** Turns the gradient of the weights into that of learned scales; see {@link TrainingKernel#settle}. */
    public void settle() {
        if (scaleGradient != null) {
            quantized.settle(weights, gradient, scaleGradient);
        }
    }

    private void derive() {
        anyWide = false;
        int channels = quantized.channels();
        for (int c = 0; c < channels; c++) {
            folded[c] = quantized.bias(c) - foldedZeroPoint * quantized.sum(c);
            long bits = QuantizedMultiplier.bitsOf(realMultiplier(c));
            values[c] = (int) (bits >> Integer.SIZE);
            shifts[c] = (int) bits;
            long bound = (long) maxInput * quantized.sumOfMagnitudes(c);
            wide[c] = bound > FLOAT_INTEGERS;
            anyWide |= wide[c];
            table.scale[c] = (float) (values[c] * powerOfTwo(shifts[c] - 31));
            boolean exactInFloat = bound + Math.abs((long) folded[c]) < FLOAT_INTEGERS;
            table.shift[c] = exactInFloat ? folded[c] : 0;
            table.certain[c] = exactInFloat ? certain(shifts[c]) : -1;
        }
        Periodic.repeat(table.scale, channels);
        Periodic.repeat(table.shift, channels);
        Periodic.repeat(table.certain, channels);
    }

    private double realMultiplier(int c) {
        float in = inputQuantization().scale();
        float out = operands.output().quantization().scale();
        return perTensor ? (double) (in * quantized.scale(c)) / out : (double) in * quantized.scale(c) / out;
    }

    /** How far from a whole number a float product may be to be rounded as the integers round it. */
    private static float certain(int shift) {
        if (shift > MAX_LEFT_SHIFT) {
            return -1;
        }
        double secondRounding = shift < 0 ? powerOfTwo(shift - 1) : 0;
        return (float) (0.5 - secondRounding) - FLOAT_ERROR;
    }

    /** From its bits, since this is asked for every channel in every step; exponents of the normal range. */
    private static double powerOfTwo(int exponent) {
        return Double.longBitsToDouble((long) (exponent + Double.MAX_EXPONENT) << DOUBLE_FRACTION_BITS);
    }

    private Quantization inputQuantization() {
        return operands.input(0).quantization();
    }

    /** The scale of all weights that share one. */
    public float scale() {
        return quantized.scale(0);
    }

    /** The weights as whole floats, in the order of their shape. */
    public float[] integers() {
        return quantized.integers();
    }

    /** What the integers stand for, in the order of their shape; with {@link VectorMath#SLACK} behind. */
    public float[] reals() {
        return quantized.reals();
    }

    /** Constants of {@link VectorMath#requantize}, with this object for what it cannot decide. */
    public RequantizeTable table() {
        return table;
    }

    /** Notes what accumulators are in steps of the output, before they are rounded, if anyone wants to know. */
    public void noteScaled(TrainingBuffers buffers, int at, int count) {
        if (buffers.rounding() == null) {
            return;
        }
        float[] noted = buffers.rounding().array();
        int to = buffers.rounding().offset() + at - buffers.output().offset();
        for (int i = 0; i < count; i++) {
            int c = i % folded.length;
            double accumulator = (double) buffers.output().array()[at + i] + folded[c];
            noted[to + i] = (float) (accumulator * table.scale[c]);
        }
    }

    /** Makes of what was noted what rounding has changed. */
    public void noteRounding(TrainingBuffers buffers, int at, int count) {
        if (buffers.rounding() == null) {
            return;
        }
        float[] noted = buffers.rounding().array();
        int to = buffers.rounding().offset() + at - buffers.output().offset();
        for (int i = 0; i < count; i++) {
            noted[to + i] = buffers.output().array()[at + i] - table.zeroPoint - noted[to + i];
        }
    }

    @Override
    public float apply(float accumulator, int position) {
        int channel = position % folded.length;
        return requantize((int) accumulator, channel);
    }

    /** The output of an accumulator to which the bias is still to be added. */
    public float requantize(int accumulator, int channel) {
        int acc = accumulator + folded[channel];
        int rescaled = QuantizedMultiplier.apply(acc, values[channel], shifts[channel]);
        return FixedPoint.clamp(rescaled + (int) table.zeroPoint, (int) table.min, (int) table.max);
    }

    /** Whether any channel is wide. */
    public boolean anyWide() {
        return anyWide;
    }

    /** Whether the channel's accumulators do not fit a float. */
    public boolean isWide(int channel) {
        return wide[channel];
    }

    /**
     * The output of a wide channel, from the patch that it sees.
     *
     * @param input raw, with the patch at {@code offset}
     * @param segments where stretches of {@code run} elements lie, relative to the offset: in all one for every weight
     *     of a channel, in their order
     */
    public float applyWide(float[] input, int offset, int[] segments, int run, int channel) {
        int acc = 0;
        int k = 0;
        for (int segment : segments) {
            for (int t = 0; t < run; t++) {
                acc += ((int) input[offset + segment + t]) * quantized.integer(channel, k++);
            }
        }
        return requantize(acc, channel);
    }
}
