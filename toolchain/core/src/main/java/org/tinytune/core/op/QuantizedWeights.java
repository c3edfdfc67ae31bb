package org.tinytune.core.op;

import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;
import org.tinytune.core.vector.VectorMath;

/**
 * Weights and bias of an operator as integers. Training quantizes them anew in every step, and exporting does it once
 * more in the same way, so that what is shipped is what was trained.
 *
 * <p>Weights are symmetric in [-127, 127]: {@code s_w = max|w| / 127}, one a channel or one for all. The bias has the
 * scale {@code s_in · s_w}. So that it always fits, {@code s_w} is raised where weights are tiny beside it.
 *
 * <p>Instead, scales may be given, as they are where they are learned; weights beyond 127 steps are cut off then.
 */
public final class QuantizedWeights {
    /** Greatest magnitude of a weight. */
    private static final int MAX_WEIGHT = 127;

    /** Greatest magnitude of an input less its zero point. */
    private static final int MAX_INPUT = 255;

    /** Keeps a multiplier made of this above 0, far below any scale that weights have. */
    private static final float LEAST_SCALE = 0x1p-40f;

    private static final double MAX_BIAS = 0x1p30;

    /** Up to where floats hold every whole number. */
    private static final int EXACT_SUM = 1 << 24;

    private final VectorMath math;
    private final Shape shape;
    private final int axis;
    private final boolean perTensor;
    private final int channels;
    private final int channelStride;
    private final int elements;
    private final int elementStride;
    private final float[] integers;
    /** The integers themselves if nobody reads what they stand for. */
    private final float[] reals;

    private final float[] scales;
    private final int[] bias;
    private final int[] sums;
    private final int[] magnitudes;

    /** Scales to quantize by; {@code null} to take those of the magnitudes. */
    private FloatSpan given;

    /**
     * @param math the loops; results do not depend on it
     * @param shape of the weights
     * @param axis of the output channels, the first or the last
     * @param perTensor whether all channels share a scale
     */
    public QuantizedWeights(VectorMath math, Shape shape, int axis, boolean perTensor) {
        this(math, shape, axis, perTensor, true);
    }

    /** @param keepsReals whether {@link #reals} are wanted, which are as much to write and to keep as the integers */
    QuantizedWeights(VectorMath math, Shape shape, int axis, boolean perTensor, boolean keepsReals) {
        this.math = math;
        this.shape = shape;
        this.axis = axis;
        this.perTensor = perTensor;
        this.channels = shape.dim(axis);
        this.elements = shape.elements() / channels;
        this.channelStride = axis == 0 ? elements : 1;
        this.elementStride = axis == 0 ? 1 : channels;
        this.integers = new float[shape.elements() + VectorMath.SLACK];
        this.reals = keepsReals ? new float[shape.elements() + VectorMath.SLACK] : integers;
        this.scales = new float[channels];
        this.bias = new int[channels];
        this.sums = new int[channels];
        this.magnitudes = new int[channels];
    }

    /**
     * Quantizes by these scales from now on.
     *
     * @param scales above 0, one a channel or one for all, which may be others each time; {@code null} to take those of
     *     the magnitudes
     */
    public void scaleBy(FloatSpan scales) {
        given = scales;
    }

    /**
     * Quantizes real weights.
     *
     * @param weights in the order of the shape, from {@code offset} on
     * @param realBias one a channel from {@code biasOffset} on; {@code null} if there is none
     * @param inputScale of the operator's input
     */
    public void quantize(float[] weights, int offset, float[] realBias, int biasOffset, float inputScale) {
        float shared = 0;
        for (int c = 0; perTensor && c < channels; c++) {
            shared = Math.max(shared, scale(weights, offset, realBias, biasOffset, inputScale, c));
        }
        for (int c = 0; c < channels; c++) {
            // A channel's weights are read twice in a row, while they are at hand.
            scales[c] = perTensor ? shared : scale(weights, offset, realBias, biasOffset, inputScale, c);
            round(weights, offset, c);
            bias[c] = realBias == null ? 0 : quantizeBias(realBias[biasOffset + c], inputScale, c);
        }
    }

    private float scale(float[] weights, int offset, float[] realBias, int biasOffset, float inputScale, int c) {
        float wanted = Math.max(LEAST_SCALE, wanted(weights, offset, c));
        if (realBias == null) {
            return wanted;
        }
        double forBias = Math.abs(realBias[biasOffset + c]) / (inputScale * MAX_BIAS);
        return Math.max(wanted, (float) forBias);
    }

    private float wanted(float[] weights, int offset, int c) {
        return given == null
                ? maxAbs(weights, offset + c * channelStride) / MAX_WEIGHT
                : given.array()[given.offset() + (perTensor ? 0 : c)];
    }

    private float maxAbs(float[] weights, int from) {
        if (elementStride == 1) {
            return math.maxAbs(weights, from, elements);
        }
        float greatest = 0;
        for (int k = 0; k < elements; k++) {
            greatest = Math.max(greatest, Math.abs(weights[from + k * elementStride]));
        }
        return greatest;
    }

    private void round(float[] weights, int offset, int c) {
        int run = elementStride == 1 ? EXACT_SUM / MAX_WEIGHT : 1;
        sums[c] = 0;
        magnitudes[c] = 0;
        for (int k = 0; k < elements; k += run) {
            int at = c * channelStride + k * elementStride;
            int count = Math.min(run, elements - k);
            long both = given == null
                    ? math.quantize(weights, offset + at, integers, at, reals, at, count, scales[c])
                    : quantizeCutOff(weights, offset + at, at, count, scales[c]);
            sums[c] += (int) (both >> Integer.SIZE);
            magnitudes[c] += (int) both;
        }
    }

    /** A scale that was given may be too small for a weight. */
    private long quantizeCutOff(float[] weights, int from, int at, int count, float scale) {
        System.arraycopy(weights, from, reals, at, count);
        math.clamp(reals, at, count, -MAX_WEIGHT * scale, MAX_WEIGHT * scale);
        return math.quantize(reals, at, integers, at, reals, at, count, scale);
    }

    /** Ties away from zero; saturated so that no accumulator can overflow. */
    private int quantizeBias(float real, float inputScale, int c) {
        double q = real / ((double) inputScale * scales[c]);
        long rounded = (long) (q < 0 ? StrictMath.ceil(q - 0.5) : StrictMath.floor(q + 0.5));
        long room = Integer.MAX_VALUE - (long) MAX_INPUT * magnitudes[c];
        return (int) Math.max(-room, Math.min(room, rounded));
    }

    /**
     * The gradient of scales that were given, from that of what the integers stand for, {@code ŵ = s · round(w / s)}:
     * {@code ∂ŵ/∂s = round(w/s) - w/s} inside, and -127 or 127 for weights that were cut off, which have no gradient
     * themselves.
     *
     * <p>Source: Esser et al., "Learned Step Size Quantization", ICLR 2020, equations 3 and 5, of a quantizer to [-127,
     * 127]. Checked by: QuantizedWeightsTest.
     *
     * @param weights that were quantized last
     * @param gradient of ŵ, and afterwards of the weights
     * @param ofScales to which their gradient is added
     */
    public void settle(FloatSpan weights, FloatSpan gradient, FloatSpan ofScales) {
        for (int c = 0; c < channels; c++) {
            double sum = 0;
            for (int k = 0; k < elements; k++) {
                int at = c * channelStride + k * elementStride;
                double steps = (double) weights.array()[weights.offset() + at] / scales[c];
                float slope = gradient.array()[gradient.offset() + at];
                if (Math.abs(steps) < MAX_WEIGHT) {
                    sum += slope * (integers[at] - steps);
                } else {
                    sum += slope * Math.copySign((double) MAX_WEIGHT, steps);
                    gradient.array()[gradient.offset() + at] = 0;
                }
            }
            ofScales.array()[ofScales.offset() + (perTensor ? 0 : c)] += (float) sum;
        }
    }

    /** Takes weights that are integers already. */
    public void set(byte[] weights, Quantization quantization, int[] int32Bias) {
        for (int c = 0; c < channels; c++) {
            scales[c] = quantization.scale(c);
            bias[c] = int32Bias[c];
            sums[c] = 0;
            magnitudes[c] = 0;
            for (int k = 0; k < elements; k++) {
                int at = c * channelStride + k * elementStride;
                reals[at] = weights[at] * scales[c];
                integers[at] = weights[at];
                sums[c] += weights[at];
                magnitudes[c] += Math.abs(weights[at]);
            }
        }
    }

    /** The integers of a channel, summed up. */
    public int sum(int channel) {
        return sums[channel];
    }

    /** The magnitudes of a channel's integers, summed up. */
    public int sumOfMagnitudes(int channel) {
        return magnitudes[channel];
    }

    /** Output channels. */
    int channels() {
        return channels;
    }

    /** Weights of a channel. */
    int elements() {
        return elements;
    }

    /** Weight k of a channel, an integer. */
    public int integer(int channel, int k) {
        return (int) integers[channel * channelStride + k * elementStride];
    }

    /**
     * The integers as whole floats in the order of the shape; with {@link VectorMath#SLACK} behind, and not to be
     * written to.
     */
    public float[] integers() {
        return integers;
    }

    /**
     * What the weights stand for, each integer times its scale, in the order of the shape; with
     * {@link VectorMath#SLACK} behind, and not to be written to.
     *
     * @throws IllegalStateException if they were not wanted
     */
    public float[] reals() {
        if (reals == integers) {
            throw new IllegalStateException("only the integers are kept");
        }
        return reals;
    }

    /** The scale of a channel. */
    public float scale(int channel) {
        return scales[channel];
    }

    /** The bias of a channel, without the input's zero point. */
    int bias(int channel) {
        return bias[channel];
    }

    /** The integers as they are exported. */
    public TensorData int8Data() {
        byte[] bytes = new byte[shape.elements()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) integers[i];
        }
        return TensorData.of(bytes);
    }

    /** How the exported integers are quantized. */
    public Quantization quantization() {
        return perTensor ? Quantization.perTensor(scales[0], 0) : Quantization.perChannel(scales, axis);
    }

    /** The bias as it is exported. */
    public TensorData biasData() {
        return TensorData.of(bias.clone());
    }

    /** How the exported bias is quantized. */
    public Quantization biasQuantization(float inputScale) {
        float[] product = new float[perTensor ? 1 : channels];
        for (int c = 0; c < product.length; c++) {
            product[c] = inputScale * scales[c];
        }
        return Quantization.of(product, new int[product.length], 0);
    }

    /** The shape of the weights. */
    public Shape shape() {
        return shape;
    }
}
