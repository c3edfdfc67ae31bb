package org.tinytune.core.vector;

/**
 * Numbers of channels, repeated so often that a whole number of vectors holds a whole number of repetitions, whatever
 * the number of channels.
 */
public final class Periodic {
    private static final int LEAST = 64;
    private static final int UNIT = 32;

    private Periodic() {}

    /** Elements of a repeated list: a multiple of the channels and of 32, and 64 or more. */
    public static int period(int channels) {
        int common = channels;
        while (common % UNIT != 0) {
            common += channels;
        }
        return (LEAST + common - 1) / common * common;
    }

    /** Repeats the first {@code channels} elements to fill the array. */
    public static void repeat(float[] values, int channels) {
        for (int i = channels; i < values.length; i++) {
            values[i] = values[i - channels];
        }
    }
}
