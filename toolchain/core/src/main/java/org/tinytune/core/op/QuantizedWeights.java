package org.tinytune.core.op;

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
 */
public final class QuantizedWeights {
    /** Greatest magnitude of a weight. */
    private static final int MAX_WEIGHT = 127;

    /** Greatest magnitude of an input less its zero point. */
    private static final int MAX_INPUT = 255;

    /** Keeps a multiplier made of this above 0, far below any scale that weights have. */
    private static final float LEAST_SCALE = 0x1p-40f;

    private static final double MAX_BIAS = 0x1p30;

    private final VectorMath math;
    private final Shape shape;
    private final int axis;
    private final boolean perTensor;
    private final int channels;
    private final int channelStride;
    private final int elements;
    private final int elementStride;
    private final float[] integers;
    private final float[] scales;
    private final int[] bias;
    private final int[] sums;
    private final int[] magnitudes;

    /**
     * @param math the loops; results do not depend on it
     * @param shape of the weights
     * @param axis of the output channels, the first or the last
     * @param perTensor whether all channels share a scale
     */
    public QuantizedWeights(VectorMath math, Shape shape, int axis, boolean perTensor) {
        this.math = math;
        this.shape = shape;
        this.axis = axis;
        this.perTensor = perTensor;
        this.channels = shape.dim(axis);
        this.elements = shape.elements() / channels;
        this.channelStride = axis == 0 ? elements : 1;
        this.elementStride = axis == 0 ? 1 : channels;
        this.integers = new float[shape.elements()];
        this.scales = new float[channels];
        this.bias = new int[channels];
        this.sums = new int[channels];
        this.magnitudes = new int[channels];
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
        for (int c = 0; c < channels; c++) {
            float wanted = Math.max(LEAST_SCALE, maxAbs(weights, offset + c * channelStride) / MAX_WEIGHT);
            if (realBias != null) {
                double least = Math.abs(realBias[biasOffset + c]) / (inputScale * MAX_BIAS);
                wanted = Math.max(wanted, (float) least);
            }
            scales[c] = wanted;
            shared = Math.max(shared, wanted);
        }
        for (int c = 0; c < channels; c++) {
            scales[c] = perTensor ? shared : scales[c];
            round(weights, offset + c * channelStride, c);
            bias[c] = realBias == null ? 0 : quantizeBias(realBias[biasOffset + c], inputScale, c);
        }
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

    private void round(float[] weights, int from, int c) {
        int to = c * channelStride;
        if (elementStride == 1) {
            math.round(weights, from, integers, to, elements, scales[c], MAX_WEIGHT);
        } else {
            for (int k = 0; k < elements; k++) {
                int at = k * elementStride;
                math.round(weights, from + at, integers, to + at, 1, scales[c], MAX_WEIGHT);
            }
        }
        int sum = 0;
        int magnitude = 0;
        for (int k = 0; k < elements; k++) {
            int q = (int) integers[to + k * elementStride];
            sum += q;
            magnitude += Math.abs(q);
        }
        sums[c] = sum;
        magnitudes[c] = magnitude;
    }

    /** Ties away from zero; saturated so that no accumulator can overflow. */
    private int quantizeBias(float real, float inputScale, int c) {
        double q = real / ((double) inputScale * scales[c]);
        long rounded = (long) (q < 0 ? StrictMath.ceil(q - 0.5) : StrictMath.floor(q + 0.5));
        long room = Integer.MAX_VALUE - (long) MAX_INPUT * magnitudes[c];
        return (int) Math.max(-room, Math.min(room, rounded));
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
                integers[at] = weights[at];
                sums[c] += weights[at];
                magnitudes[c] += Math.abs(weights[at]);
            }
        }
    }

    /** What the weights stand for: each integer times its scale. */
    public void dequantize(float[] into) {
        for (int c = 0; c < channels; c++) {
            if (elementStride == 1) {
                int from = c * channelStride;
                math.dequantize(integers, from, into, from, elements, 0, scales[c]);
                continue;
            }
            for (int k = 0; k < elements; k++) {
                int at = c * channelStride + k * elementStride;
                into[at] = integers[at] * scales[c];
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

    /** The integers as whole floats in the order of the shape; not to be written to. */
    public float[] integers() {
        return integers;
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
        byte[] bytes = new byte[integers.length];
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
