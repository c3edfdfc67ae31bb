package org.tinytune.runtimegen.emit;

import java.util.Arrays;
import org.tinytune.runtimegen.CTarget;

/**
 * Weights for kernels on blocks of four channels, see {@code tt_blocks.h}: those of a tap side by side.
 *
 * @param channels the weights, biases and multipliers of all channels
 * @param storedZero the byte that stands for a weight of 0
 */
record BlockWeights(PairedWeights channels, int storedZero) {
    private static final int CHANNELS = 4;

    private static final int TAPS = 2;

    /** The channels that share an input where there is one position. */
    private static final int ROWS = 8;

    /** The products of two taps are added in 16 bits. */
    private static final int MAX_WEIGHTS_OF_TWO_TAPS = 255;

    static BlockWeights of(PairedWeights channels, CTarget target) {
        return new BlockWeights(channels, target.storedZero());
    }

    /** Whether all sums fit, and the fused rounding is exact. */
    boolean isExact() {
        return channels.isExact(false) && twoTapsFit();
    }

    private boolean twoTapsFit() {
        for (int c = 0; c < channels.channels(); c++) {
            for (int tap = 0; tap < channels.taps(); tap += TAPS) {
                int sum = Math.abs(channels.weight(c, tap)) + Math.abs(channels.weight(c, tap + 1));
                if (sum > MAX_WEIGHTS_OF_TWO_TAPS) {
                    return false;
                }
            }
        }
        return true;
    }

    /** {@code [channels / 4, taps, 4]}, the number of taps even, filled up with 0. */
    FlashArray packedWeights() {
        return packed(CHANNELS, TAPS * pairsOfTaps(channels.taps()));
    }

    /** {@code [channels / 8, taps, 8]}, filled up with 0. */
    FlashArray packedRows() {
        return packed(ROWS, channels.taps());
    }

    private FlashArray packed(int block, int taps) {
        byte[] packed = new byte[wholeBlocks(block) * taps];
        for (int i = 0; i < packed.length; i++) {
            int channel = i / (block * taps) * block + i % block;
            packed[i] = (byte) (channels.weight(channel, i / block % taps) + storedZero);
        }
        return FlashArray.of("weights", packed);
    }

    /** How many channels there are in blocks of so many. */
    private int wholeBlocks(int block) {
        return (channels.channels() + block - 1) / block * block;
    }

    /** Of square windows with so many rows, {@code [channels, columns, rows]}. */
    FlashArray columnsOfWindows(int rows) {
        byte[] packed = new byte[channels.channels() * rows * rows];
        for (int i = 0; i < packed.length; i++) {
            int column = i / rows % rows;
            packed[i] = (byte) (channels.weight(i / (rows * rows), i % rows * rows + column) + storedZero);
        }
        return FlashArray.of("weights", packed);
    }

    /** How many pairs hold so many taps. */
    static int pairsOfTaps(int taps) {
        return (taps + TAPS - 1) / TAPS;
    }

    /** {@code [channels / 4, 9]}: four biases, four multipliers, and four bytes of shifts. */
    FlashArray parameters() {
        return channels.parameters(biases(CHANNELS));
    }

    /** Of the channels of {@link #packedRows}. */
    FlashArray biasOfRows() {
        return FlashArray.of("bias", biases(ROWS));
    }

    private int[] biases(int block) {
        return Arrays.copyOf(channels.bias(), wholeBlocks(block));
    }
}
