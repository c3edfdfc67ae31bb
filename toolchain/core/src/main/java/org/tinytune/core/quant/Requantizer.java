package org.tinytune.core.quant;

import java.util.Arrays;

/**
 * The last stage of an int8 operator: rescales an int32 accumulator, adds the output's zero point and clamps. One
 * multiplier for all channels, or one each.
 *
 * <p>Source: tensorflow:lite/kernels/internal/reference/integer_ops/conv.h (ConvPerChannel) and fully_connected.h.
 */
public final class Requantizer {
    private final QuantizedMultiplier[] multipliers;
    private final int zeroPoint;
    private final int min;
    private final int max;

    private Requantizer(QuantizedMultiplier[] multipliers, int zeroPoint, int min, int max) {
        this.multipliers = multipliers;
        this.zeroPoint = zeroPoint;
        this.min = min;
        this.max = max;
    }

    /**
     * Of an operator that derives a multiplier for each channel from the <em>double</em> product of the scales:
     * {@code (double) s_in · (double) s_w[c] / (double) s_out}. Convolutions do, even with a single weight scale.
     *
     * <p>Source: tensorflow:lite/kernels/kernel_util.cc, PopulateConvolutionQuantizationParams.
     *
     * @param channels of the output
     * @param min least output, in [-128, 127]
     * @param max greatest output, in [-128, 127]
     */
    public static Requantizer perChannel(
            Quantization input, Quantization weights, Quantization output, int channels, int min, int max) {
        QuantizedMultiplier[] multipliers = new QuantizedMultiplier[channels];
        for (int c = 0; c < channels; c++) {
            double product = (double) input.scale() * weights.scale(c);
            multipliers[c] = QuantizedMultiplier.of(product / output.scale());
        }
        return new Requantizer(multipliers, output.zeroPoint(), min, max);
    }

    /**
     * Of an operator that derives its one multiplier from the <em>float</em> product of the scales: {@code (double)
     * (s_in · s_w) / (double) s_out}. FULLY_CONNECTED does.
     *
     * <p>Source: tensorflow:lite/kernels/kernel_util.cc, GetQuantizedConvolutionMultipler.
     *
     * @param channels of the output
     * @param min least output, in [-128, 127]
     * @param max greatest output, in [-128, 127]
     */
    public static Requantizer perTensor(
            Quantization input, Quantization weights, Quantization output, int channels, int min, int max) {
        float product = input.scale() * weights.scale();
        QuantizedMultiplier[] multipliers = new QuantizedMultiplier[channels];
        Arrays.fill(multipliers, QuantizedMultiplier.of((double) product / output.scale()));
        return new Requantizer(multipliers, output.zeroPoint(), min, max);
    }

    /**
     * Of an operator that derives its one multiplier from scales in <em>float</em> alone: {@code s_in · s_w / s_out}.
     * SVDF does.
     *
     * <p>Source: tensorflow:lite/kernels/svdf.cc, Prepare.
     *
     * @param channels of the output
     * @param min least output, in [-128, 127]
     * @param max greatest output, in [-128, 127]
     */
    public static Requantizer perTensorInFloat(
            Quantization input, Quantization weights, Quantization output, int channels, int min, int max) {
        QuantizedMultiplier[] multipliers = new QuantizedMultiplier[channels];
        float product = input.scale() * weights.scale();
        Arrays.fill(multipliers, QuantizedMultiplier.of(product / output.scale()));
        return new Requantizer(multipliers, output.zeroPoint(), min, max);
    }

    /** The output of a channel's accumulator. */
    public byte apply(int acc, int channel) {
        return (byte) FixedPoint.clamp(multipliers[channel].apply(acc) + zeroPoint, min, max);
    }

    /** Output channels. */
    public int channels() {
        return multipliers.length;
    }

    /** The multiplier of a channel. */
    public QuantizedMultiplier multiplier(int channel) {
        return multipliers[channel];
    }

    /** The output's zero point, in [-128, 127]. */
    public int zeroPoint() {
        return zeroPoint;
    }

    /** The least output, in [-128, 127]. */
    public int min() {
        return min;
    }

    /** The greatest output, in [-128, 127]. */
    public int max() {
        return max;
    }
}
