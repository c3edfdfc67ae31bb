package org.tinytune.cli.plot;

import java.util.Arrays;

/**
 * A line of as few points as show on so many pixels: where there are many to a pixel, its lowest and highest one.
 *
 * @param moments of the points, ascending
 * @param values of the points
 */
record Envelope(int[] moments, double[] values) {

    /**
     * Of one channel.
     *
     * @param readings {@code [moments, channels]}
     * @param pixels at least 1
     */
    static Envelope of(float[] readings, int channel, int channels, int pixels) {
        int length = readings.length / channels;
        if (length <= 2 * pixels) {
            int[] moments = new int[length];
            Arrays.setAll(moments, i -> i);
            return at(moments, readings, channel, channels);
        }
        int[] moments = new int[2 * pixels];
        for (int p = 0; p < pixels; p++) {
            int begin = (int) ((long) p * length / pixels);
            int end = (int) ((long) (p + 1) * length / pixels);
            int lowest = begin;
            int highest = begin;
            for (int i = begin; i < end; i++) {
                float value = readings[i * channels + channel];
                lowest = value < readings[lowest * channels + channel] ? i : lowest;
                highest = value > readings[highest * channels + channel] ? i : highest;
            }
            moments[2 * p] = Math.min(lowest, highest);
            moments[2 * p + 1] = Math.max(lowest, highest);
        }
        return at(moments, readings, channel, channels);
    }

    /** Other readings at the same moments. */
    static Envelope at(int[] moments, float[] readings, int channel, int channels) {
        double[] values = new double[moments.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = readings[moments[i] * channels + channel];
        }
        return new Envelope(moments, values);
    }
}
