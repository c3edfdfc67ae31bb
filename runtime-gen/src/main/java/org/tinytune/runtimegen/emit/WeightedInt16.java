package org.tinytune.runtimegen.emit;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.op.Int16Tensors;
import org.tinytune.core.quant.QuantizedMultiplier;
import org.tinytune.core.quant.Requantizer;
import org.tinytune.core.quant.WideRequantizer;
import org.tinytune.runtimegen.emit.KernelCall.Builder;

/** What operators of int16 with weights have in common: weights as they are, biases, and the last stage. */
final class WeightedInt16 {
    private WeightedInt16() {}

    /** Adds weights and biases, and the multiplier of each channel, or of all if they are equal; then the clamp. */
    static void addTo(Builder call, Operands operands, WideRequantizer requantizer) {
        Requantizer multipliers = requantizer.multipliers();
        boolean perChannel = IntStream.range(1, multipliers.channels())
                .anyMatch(c -> !multipliers.multiplier(c).equals(multipliers.multiplier(0)));
        int channels = perChannel ? multipliers.channels() : 1;
        int[] values = new int[channels];
        byte[] shifts = new byte[channels];
        for (int c = 0; c < channels; c++) {
            values[c] = value(requantizer, c);
            shifts[c] = (byte) multipliers.multiplier(c).shift();
        }
        addWeights(call, operands, requantizer);
        call.geometry("per_channel", perChannel ? 1 : 0)
                .array(FlashArray.of("multiplier", values))
                .array(FlashArray.of("shift", shifts));
        addClamp(call, multipliers);
    }

    /** The same of an operator that has one multiplier in any case. */
    static void addPerTensor(Builder call, Operands operands, WideRequantizer requantizer) {
        addWeights(call, operands, requantizer);
        call.quantization("multiplier", value(requantizer, 0))
                .quantization("shift", requantizer.multipliers().multiplier(0).shift());
        addClamp(call, requantizer.multipliers());
    }

    private static void addWeights(Builder call, Operands operands, WideRequantizer requantizer) {
        int channels = requantizer.multipliers().channels();
        long[] bias = Int16Tensors.bias(operands, channels);
        int words = fitInts(bias) ? 1 : 2;
        call.geometry("wide", requantizer.isWide() ? 1 : 0)
                .geometry("bias_words", words)
                .array(FlashArray.of("weights", operands.input(1).int8Data()))
                .array(FlashArray.of("bias", words(bias, words)));
    }

    private static boolean fitInts(long[] bias) {
        return Arrays.stream(bias).allMatch(b -> b == (int) b);
    }

    /** The lower words alone, or each followed by its upper. */
    private static int[] words(long[] bias, int words) {
        int[] result = new int[bias.length * words];
        for (int i = 0; i < result.length; i++) {
            result[i] = (int) (bias[i / words] >> i % words * Integer.SIZE);
        }
        return result;
    }

    private static int value(WideRequantizer requantizer, int channel) {
        QuantizedMultiplier multiplier = requantizer.multipliers().multiplier(channel);
        return requantizer.isWide() ? multiplier.reduced() : multiplier.value();
    }

    private static void addClamp(Builder call, Requantizer multipliers) {
        call.quantization("activation_min", multipliers.min()).quantization("activation_max", multipliers.max());
    }
}
