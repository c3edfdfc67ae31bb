package org.tinytune.data;

import java.util.Arrays;

/**
 * How the raw values of some samples are distributed, channel by channel. The channel is the last extent of the shape:
 * {@code C} of an image, each feature of a vector.
 *
 * <p>Sums are taken in double, in the order of the samples, so the figures are the same everywhere.
 */
public final class ValueStatistics {
    private final double[] min;
    private final double[] max;
    private final double[] mean;
    private final double[] deviation;

    private ValueStatistics(int channels) {
        min = new double[channels];
        max = new double[channels];
        mean = new double[channels];
        deviation = new double[channels];
        Arrays.fill(min, Double.POSITIVE_INFINITY);
        Arrays.fill(max, Double.NEGATIVE_INFINITY);
    }

    /**
     * The statistics of samples, which are to be the training part and no other: what is learnt of the validation or
     * test part here would leak into the model.
     *
     * @param training at least one sample
     */
    public static ValueStatistics of(Samples training) {
        return of(training, training.shape().dim(-1));
    }

    /**
     * The same where as many values as there are channels follow each other again and again.
     *
     * @param channels divides the values of a sample
     */
    public static ValueStatistics of(Samples training, int channels) {
        ValueStatistics s = new ValueStatistics(channels);
        int positions = training.shape().elements() / channels;
        double perChannel = (double) training.size() * positions;
        forEachValue(training, channels, (value, c) -> {
            s.min[c] = Math.min(s.min[c], value);
            s.max[c] = Math.max(s.max[c], value);
            s.mean[c] += value;
        });
        Arrays.setAll(s.mean, c -> s.mean[c] / perChannel);
        forEachValue(training, channels, (value, c) -> {
            double d = value - s.mean[c];
            s.deviation[c] += d * d;
        });
        Arrays.setAll(s.deviation, c -> Math.sqrt(s.deviation[c] / perChannel));
        return s;
    }

    /** The number of channels. */
    public int channels() {
        return mean.length;
    }

    /** The mean of a channel. */
    public double mean(int channel) {
        return mean[channel];
    }

    /** The standard deviation of a channel (of the population: divided by n); 0 for a constant channel. */
    public double deviation(int channel) {
        return deviation[channel];
    }

    /** The smallest and the largest value of a channel. */
    public ValueRange range(int channel) {
        return new ValueRange((float) min[channel], (float) max[channel]);
    }

    /** The smallest and the largest value of all. */
    public ValueRange range() {
        return new ValueRange((float) Arrays.stream(min).min().orElseThrow(), (float)
                Arrays.stream(max).max().orElseThrow());
    }

    private static void forEachValue(Samples samples, int channels, ChannelValue consumer) {
        float[] values = new float[samples.shape().elements()];
        for (int i = 0; i < samples.size(); i++) {
            samples.read(i, values, 0);
            for (int v = 0, c = 0; v < values.length; v++) {
                consumer.accept(values[v], c);
                c = c + 1 == channels ? 0 : c + 1;
            }
        }
    }

    @FunctionalInterface
    private interface ChannelValue {
        void accept(float value, int channel);
    }
}
