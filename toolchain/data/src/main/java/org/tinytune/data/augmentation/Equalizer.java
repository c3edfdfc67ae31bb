package org.tinytune.data.augmentation;

import java.util.random.RandomGenerator;
import org.tinytune.core.tensor.Shape;

/**
 * Hears a series {@code [T, 1, C]} as another microphone in another room would: four wide bands of frequencies, one in
 * each quarter of the octaves between a 64th and almost half of the sample rate, become louder or softer, each by a
 * number of decibels that is drawn. All channels are changed alike. Counts saturate.
 *
 * <p>Source of the filters: Bristow-Johnson, Cookbook formulae for audio equalizer biquad filter coefficients, peaking
 * EQ.
 *
 * @param maxDecibels of a band, to either side, in [0, 60)
 */
public record Equalizer(double maxDecibels) implements Augmentation {
    private static final double END = 60;
    private static final int BANDS = 4;
    /** Of the sample rate. */
    private static final double LOWEST = 1.0 / 64;

    private static final double HIGHEST = 0.45;
    /** A band is about two octaves wide. */
    private static final double QUALITY = 0.7;

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if the decibels are out of range
     */
    public Equalizer {
        Series.requireAmount("decibels", maxDecibels, END);
    }

    @Override
    public void apply(float[] sample, Shape shape, RandomGenerator random) {
        Series.require(shape);
        int channels = shape.dim(2);
        boolean counts = Series.areCounts(sample);
        double[] series = new double[sample.length];
        for (int i = 0; i < series.length; i++) {
            series[i] = sample[i];
        }
        for (int band = 0; band < BANDS; band++) {
            double octaves = (band + random.nextDouble()) / BANDS;
            double frequency = LOWEST * StrictMath.pow(HIGHEST / LOWEST, octaves);
            peak(series, channels, frequency, Series.uniform(random, maxDecibels));
        }
        for (int i = 0; i < series.length; i++) {
            sample[i] = Series.store(series[i], counts);
        }
    }

    /** A gain about a frequency, which is a part of the sample rate; 0 dB changes nothing. */
    private static void peak(double[] series, int channels, double frequency, double decibels) {
        double gain = StrictMath.sqrt(Series.amplitude(decibels));
        double angle = 2 * StrictMath.PI * frequency;
        double alpha = StrictMath.sin(angle) / (2 * QUALITY);
        double a0 = 1 + alpha / gain;
        double b0 = (1 + alpha * gain) / a0;
        double b2 = (1 - alpha * gain) / a0;
        double middle = -2 * StrictMath.cos(angle) / a0;
        double a2 = (1 - alpha / gain) / a0;
        for (int c = 0; c < channels; c++) {
            double x1 = 0;
            double x2 = 0;
            double y1 = 0;
            double y2 = 0;
            for (int at = c; at < series.length; at += channels) {
                double x = series[at];
                double y = b0 * x + middle * (x1 - y1) + b2 * x2 - a2 * y2;
                x2 = x1;
                x1 = x;
                y2 = y1;
                y1 = y;
                series[at] = y;
            }
        }
    }
}
