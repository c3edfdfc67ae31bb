package org.tinytune.runtimegen.emit;

import java.util.stream.IntStream;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.quant.QuantizedMultiplier;
import org.tinytune.core.quant.Requantizer;

/** What operators with weights have in common: the folded bias and the requantization of each channel. */
final class Weighted {
    private static final int BIAS = 2;

    private Weighted() {}

    /**
     * The bias less the input's zero point times the sum of the channel's weights, modulo 2^32, so that the kernel
     * multiplies raw int8.
     *
     * @param weights one channel after the other, all of one length
     */
    static FlashArray foldedBias(Operands operands, byte[] weights, int channels) {
        return FlashArray.of("bias", foldedBiases(operands, weights, channels));
    }

    /** The elements of {@link #foldedBias}. */
    static int[] foldedBiases(Operands operands, byte[] weights, int channels) {
        int zeroPoint = operands.input(0).quantization().zeroPoint();
        int[] bias = operands.hasInput(BIAS) ? operands.input(BIAS).int32Data() : new int[channels];
        int taps = weights.length / channels;
        int[] folded = new int[channels];
        for (int c = 0; c < channels; c++) {
            int sum = 0;
            for (int i = 0; i < taps; i++) {
                sum += weights[c * taps + i];
            }
            folded[c] = bias[c] - zeroPoint * sum;
        }
        return folded;
    }

    /** Adds the multiplier of each channel, or of all if they are equal, and the clamp of the output. */
    static void requantize(KernelCall.Builder call, Requantizer requantizer) {
        QuantizedMultiplier first = requantizer.multiplier(0);
        boolean perChannel = IntStream.range(1, requantizer.channels())
                .anyMatch(c -> !requantizer.multiplier(c).equals(first));
        int channels = perChannel ? requantizer.channels() : 1;
        int[] multipliers = new int[channels];
        byte[] shifts = new byte[channels];
        for (int c = 0; c < channels; c++) {
            multipliers[c] = requantizer.multiplier(c).value();
            shifts[c] = (byte) requantizer.multiplier(c).shift();
        }
        call.geometry("per_channel", perChannel ? 1 : 0)
                .array(FlashArray.of("multiplier", multipliers))
                .array(FlashArray.of("shift", shifts));
        output(call, requantizer);
    }

    /** Adds the clamp of the output. */
    static void output(KernelCall.Builder call, Requantizer requantizer) {
        call.quantization("output_zero_point", requantizer.zeroPoint())
                .quantization("activation_min", requantizer.min())
                .quantization("activation_max", requantizer.max());
    }
}
