package org.tinytune.runtimegen.emit;

import java.util.Arrays;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.quant.QuantizedMultiplier;
import org.tinytune.core.quant.Requantizer;

/**
 * Weights for kernels on pairs of int16, see {@code tt_pairs.h}: two channels share a word, and the second's sum is the
 * difference of two sums.
 *
 * @param weights {@code [channels, taps]}
 * @param bias with the input's zero point folded in, one a channel
 * @param multipliers of the accumulators, one a channel
 * @param requantizer zero point and clamp of the output
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PairedWeights(byte[] weights, int[] bias, QuantizedMultiplier[] multipliers, Requantizer requantizer) {
    private static final int GROUP = 4;

    private static final int PARAMETERS_OF_A_GROUP = 2 * GROUP + 1;

    /** In a group of four taps, those of the first pair, then those of the second. */
    private static final int[][] PAIRS = {{0, 2}, {1, 3}};

    /** A mixed sum is 256 times the second channel's and must fit 32 bits. */
    private static final long MAX_SECOND_SUM = (1L << 23) - 1;

    /** The multiply takes twice the sum. */
    private static final long MAX_SUM = (1L << 30) - 1;

    /** Keeps the rounding term, at most 257 * 2^shift, clear of the result's sign. */
    private static final int MAX_RIGHT_SHIFT = 20;

    /** A constant output is (4 * steps) * 2^30 / 2^31 / 2. */
    private static final QuantizedMultiplier QUARTER = new QuantizedMultiplier(1 << 30, -1);

    private static final int STEPS_OF_A_CONSTANT = 4;

    /** Of an operator whose weights are in the order of its output channels, with a multiplier for each. */
    static PairedWeights perChannel(Operands operands, byte[] weights, int channels, Requantizer requantizer) {
        PairedWeights paired = perTensor(operands, weights, channels, requantizer);
        for (int c = 0; c < channels; c++) {
            paired.simplify(c);
        }
        return paired;
    }

    /** The same where all channels have one multiplier. */
    static PairedWeights perTensor(Operands operands, byte[] weights, int channels, Requantizer requantizer) {
        QuantizedMultiplier[] multipliers = new QuantizedMultiplier[channels];
        for (int c = 0; c < channels; c++) {
            multipliers[c] = requantizer.multiplier(c);
        }
        int[] bias = Weighted.foldedBiases(operands, weights, channels);
        return new PairedWeights(weights.clone(), bias, multipliers, requantizer);
    }

    /**
     * Where a channel's output is the same whatever the input, has it follow from a small bias alone. Real models hold
     * channels without weights, and biases that would overflow a mixed sum.
     */
    private void simplify(int channel) {
        long reach = reach(channel);
        long least = bias[channel] - reach;
        long greatest = bias[channel] + reach;
        boolean monotonic = least == (int) least && greatest == (int) greatest && multipliers[channel].shift() <= 0;
        if (monotonic) {
            byte output = requantizer.apply((int) least, channel);
            if (output == requantizer.apply((int) greatest, channel)) {
                Arrays.fill(weights, channel * taps(), (channel + 1) * taps(), (byte) 0);
                bias[channel] = STEPS_OF_A_CONSTANT * (output - requantizer.zeroPoint());
                multipliers[channel] = QUARTER;
            }
        }
    }

    /** How many channels there are. */
    int channels() {
        return bias.length;
    }

    /** How many weights a channel has. */
    int taps() {
        return weights.length / channels();
    }

    /** Whether sums of pairs, where channels share words, and the fused rounding are exact. */
    boolean isExact(boolean mixed) {
        for (int c = 0; c < channels(); c++) {
            int shift = multipliers[c].shift();
            boolean zero = multipliers[c].value() == 0;
            long limit = mixed && c % 2 == 1 ? MAX_SECOND_SUM : MAX_SUM;
            if (greatestSum(c) > limit || !zero && (shift >= 0 || shift < -MAX_RIGHT_SHIFT)) {
                return false;
            }
        }
        return !mixed || halvesFit();
    }

    /** No accumulator of the channel is greater in magnitude, whatever the input. */
    private long greatestSum(int channel) {
        return Math.abs((long) bias[channel]) + reach(channel);
    }

    /** How far an accumulator can be from the channel's bias. */
    private long reach(int channel) {
        long sum = 0;
        for (int i = 0; i < taps(); i++) {
            sum += 128L * Math.abs(weights[channel * taps() + i]);
        }
        return sum;
    }

    private boolean halvesFit() {
        for (int c = 0; c + 1 < channels(); c += 2) {
            for (int i = 0; i < taps(); i++) {
                int half = mixed(weight(c, i), weight(c + 1, i));
                if (half != (short) half) {
                    return false;
                }
            }
        }
        return true;
    }

    private static int mixed(int first, int second) {
        return 256 * second + first;
    }

    /** 0 beyond the last channel or tap. */
    int weight(int channel, int tap) {
        return channel < channels() && tap < taps() ? weights[channel * taps() + tap] : 0;
    }

    /** {@code [channels / 4, taps / 4, 2 pairs, 2 pairs of channels]}, filled up with 0. */
    FlashArray packedWeights() {
        int groups = groups(taps());
        int[] words = new int[groups(channels()) * groups * GROUP];
        int at = 0;
        for (int c = 0; c < channels(); c += GROUP) {
            for (int tap = 0; tap < taps(); tap += GROUP) {
                for (int[] pair : PAIRS) {
                    words[at++] = word(c, tap + pair[0], tap + pair[1]);
                    words[at++] = word(c + 2, tap + pair[0], tap + pair[1]);
                }
            }
        }
        return FlashArray.of("weights", words);
    }

    private int word(int channel, int low, int high) {
        int lowHalf = mixed(weight(channel, low), weight(channel + 1, low));
        int highHalf = mixed(weight(channel, high), weight(channel + 1, high));
        return highHalf << Short.SIZE | lowHalf & 0xffff;
    }

    /** Of windows of 3 by 3: {@code [channels / 4, 3 columns, 3]}, see {@code tt_depthwise_conv_3x3_s8.h}. */
    FlashArray packedColumns() {
        int[] words = new int[weights.length / Integer.BYTES];
        int at = 0;
        for (int c = 0; c < channels(); c += GROUP) {
            for (int k = 0; k < 3; k++) {
                words[at++] = bytes(weight(c, k), weight(c + 1, k), weight(c, 3 + k), weight(c + 1, 3 + k));
                words[at++] = bytes(weight(c + 2, k), weight(c + 3, k), weight(c + 2, 3 + k), weight(c + 3, 3 + k));
                words[at++] = bytes(weight(c, 6 + k), weight(c + 1, 6 + k), weight(c + 2, 6 + k), weight(c + 3, 6 + k));
            }
        }
        return FlashArray.of("weights", words);
    }

    private static int bytes(int... values) {
        int word = 0;
        for (int i = 0; i < values.length; i++) {
            word |= (values[i] & 0xff) << Byte.SIZE * i;
        }
        return word;
    }

    /** As {@link #packedWeights}: every second is that of a mixed sum, modulo 2^32. */
    FlashArray packedBias() {
        return FlashArray.of("bias", packedBiases());
    }

    private int[] packedBiases() {
        int[] packed = new int[groups(channels()) * GROUP];
        System.arraycopy(bias, 0, packed, 0, bias.length);
        for (int c = 1; c < packed.length; c += 2) {
            packed[c] = mixed(packed[c - 1], packed[c]);
        }
        return packed;
    }

    /** {@code [channels / 4, 9]}: four biases as in {@link #packedBias}, four multipliers, and four bytes of shifts. */
    FlashArray parameters() {
        return parameters(packedBiases());
    }

    /** The same with these biases, as many as whole groups have. */
    FlashArray parameters(int[] biases) {
        int[] words = new int[groups(channels()) * PARAMETERS_OF_A_GROUP];
        for (int group = 0; group < groups(channels()); group++) {
            int at = group * PARAMETERS_OF_A_GROUP;
            System.arraycopy(biases, group * GROUP, words, at, GROUP);
            for (int i = 0; i < GROUP && group * GROUP + i < channels(); i++) {
                int c = group * GROUP + i;
                words[at + GROUP + i] = multipliers[c].value();
                words[at + 2 * GROUP] |= halfShift(c) << Byte.SIZE * i;
            }
        }
        return FlashArray.of("parameters", words);
    }

    /** Adds the rescaling of each channel and the clamp. */
    void requantize(KernelCall.Builder call) {
        int[] values = new int[channels()];
        byte[] halfShifts = new byte[channels()];
        for (int c = 0; c < channels(); c++) {
            values[c] = multipliers[c].value();
            halfShifts[c] = (byte) halfShift(c);
        }
        call.array(FlashArray.of("multiplier", values)).array(FlashArray.of("half_shift", halfShifts));
        output(call);
    }

    /** Adds the clamp. */
    void output(KernelCall.Builder call) {
        call.geometry("relu", relu());
        Weighted.output(call, requantizer);
    }

    /** The right shift less 1; 0 where the multiplier is 0. */
    int halfShift(int channel) {
        return Math.max(0, -multipliers[channel].shift() - 1);
    }

    /** 1 if saturation to int8 is a ReLU. */
    int relu() {
        boolean whole = requantizer.min() == Byte.MIN_VALUE && requantizer.max() == Byte.MAX_VALUE;
        return whole && requantizer.zeroPoint() == Byte.MIN_VALUE ? 1 : 0;
    }

    /** How many groups of four hold so many. */
    static int groups(int count) {
        return (count + GROUP - 1) / GROUP;
    }
}
