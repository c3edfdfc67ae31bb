package org.tinytune.runtimegen.emit;

import org.tinytune.core.graph.Operands;
import org.tinytune.core.quant.QuantizedMultiplier;
import org.tinytune.core.quant.Requantizer;

/**
 * Weights for kernels on vectors, see {@code tt_vectors.h}: sixteen taps side by side, four channels in turn.
 *
 * @param weights {@code [channels, taps]}
 * @param bias with the input's zero point folded in, one a channel
 * @param requantizer from accumulators to outputs
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record VectorWeights(byte[] weights, int[] bias, Requantizer requantizer) {
    /** Bytes of a vector. */
    static final int LANES = 16;

    /** Rows and columns of a depthwise window that is one vector. */
    static final int WINDOW_TAPS = 4;

    private static final int GROUP = 4;

    private static final int PARAMETERS_OF_A_GROUP = 2 * GROUP + 1;

    /** Taps of a channel that are worth a vector at all. */
    private static final int MIN_TAPS = 4;

    /** What weights may grow by when they are filled up: by a quarter, or by so many bytes. */
    private static final int MAX_GROWTH_BYTES = 1024;

    /** Of an operator whose weights are in the order of its output channels. */
    static VectorWeights of(Operands operands, byte[] weights, int channels, Requantizer requantizer) {
        return new VectorWeights(weights, Weighted.foldedBiases(operands, weights, channels), requantizer);
    }

    private int channels() {
        return bias.length;
    }

    /** Of a channel. */
    int taps() {
        return weights.length / channels();
    }

    /** Whether every multiplier is followed by a right shift, which is all that the kernels round exactly. */
    boolean isExact() {
        for (int c = 0; c < channels(); c++) {
            QuantizedMultiplier multiplier = requantizer.multiplier(c);
            if (multiplier.value() != 0 && multiplier.shift() >= 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether the zeros that fill up vectors and groups are not too dear in flash. */
    boolean isWorthFilling() {
        return taps() >= MIN_TAPS && packedBytes() - weights.length <= Math.max(weights.length / 4, MAX_GROWTH_BYTES);
    }

    private int packedBytes() {
        return groups() * vectors(taps()) * GROUP * LANES;
    }

    /** {@code [channels / 4, vectors, 4, 16]}, filled up with 0. */
    FlashArray packedWeights() {
        int vectors = vectors(taps());
        byte[] packed = new byte[packedBytes()];
        for (int c = 0; c < channels(); c++) {
            for (int tap = 0; tap < taps(); tap++) {
                int vector = c / GROUP * vectors + tap / LANES;
                packed[(vector * GROUP + c % GROUP) * LANES + tap % LANES] = weights[c * taps() + tap];
            }
        }
        return FlashArray.of("weights", packed);
    }

    /** Of windows {@code [rows, columns]}: {@code [channels, 4 columns, 4 rows]}, filled up with 0. */
    FlashArray packedWindows(int rows, int columns) {
        byte[] packed = new byte[groups() * GROUP * LANES];
        for (int c = 0; c < channels(); c++) {
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < columns; column++) {
                    packed[c * LANES + column * WINDOW_TAPS + row] = weights[c * taps() + row * columns + column];
                }
            }
        }
        return FlashArray.of("weights", packed);
    }

    /** {@code [channels / 4, 9]}: four biases, four multipliers, and four bytes of shifts, at most 0. */
    FlashArray parameters() {
        int[] words = new int[groups() * PARAMETERS_OF_A_GROUP];
        for (int c = 0; c < channels(); c++) {
            int at = c / GROUP * PARAMETERS_OF_A_GROUP;
            int i = c % GROUP;
            QuantizedMultiplier multiplier = requantizer.multiplier(c);
            words[at + i] = bias[c];
            words[at + GROUP + i] = multiplier.value();
            words[at + 2 * GROUP] |= (Math.min(0, multiplier.shift()) & 0xff) << Byte.SIZE * i;
        }
        return FlashArray.of("parameters", words);
    }

    /** Adds the clamp. */
    void output(KernelCall.Builder call) {
        call.geometry("relu", requantizer.min() >= requantizer.zeroPoint() ? 1 : 0);
        Weighted.output(call, requantizer);
    }

    private int groups() {
        return (channels() + GROUP - 1) / GROUP;
    }

    /** How many vectors hold so many taps. */
    static int vectors(int taps) {
        return (taps + LANES - 1) / LANES;
    }
}
