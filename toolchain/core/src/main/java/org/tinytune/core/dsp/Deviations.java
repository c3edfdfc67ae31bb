package org.tinytune.core.dsp;

import java.util.Arrays;

/**
 * What the values of a frame deviate from their mean by, with one exponent for all of them: the value that is farthest
 * off uses at least 15 of 16 bits, so that a faint signal on a great constant, as gravity is, keeps its precision.
 */
public final class Deviations {
    /** The greatest magnitude of a value: differences leave room for rounding. */
    public static final int MAX_VALUE = 1 << 29;

    private final int mean;
    private final int shift;
    private final int[] differences;

    private Deviations(int mean, int shift, int[] differences) {
        this.mean = mean;
        this.shift = shift;
        this.differences = differences;
    }

    /**
     * Of these values from their mean.
     *
     * @param values 1 to {@link ScaledMean#MAX_COUNT}, in [-{@link #MAX_VALUE}, {@link #MAX_VALUE}]
     */
    public static Deviations of(int[] values) {
        long sum = 0;
        for (int value : values) {
            sum += value;
        }
        int mean = (int) Math.floorDiv(sum + values.length / 2, values.length);
        int[] differences = Arrays.stream(values).map(value -> value - mean).toArray();
        int farthest = Arrays.stream(differences).map(Math::abs).max().orElse(0);
        int shift = 0;
        while (shiftedRight(farthest, shift) > Short.MAX_VALUE) {
            shift++;
        }
        return new Deviations(mean, shift, differences);
    }

    /** To the nearest, ties up. */
    private static int shiftedRight(int x, int bits) {
        return x + (1 << bits >> 1) >> bits;
    }

    /** The mean of the values, to the nearest, ties up. */
    public int mean() {
        return mean;
    }

    /** Deviation {@code i} stands for {@code 2^shift} times its number; in [0, 16]. */
    public int shift() {
        return shift;
    }

    /** How many there are. */
    public int count() {
        return differences.length;
    }

    /** Deviation {@code i}, in (-2^15, 2^15). */
    public int get(int i) {
        return shiftedRight(differences[i], shift);
    }

    /** The same with so many bits more behind the point, of which those are 0 that the value does not have. */
    public int get(int i, int fractionBits) {
        int left = fractionBits - shift;
        return left >= 0 ? differences[i] << left : shiftedRight(differences[i], -left);
    }
}
