package org.tinytune.data.augmentation;

import java.util.random.RandomGenerator;
import org.tinytune.core.tensor.Shape;

/**
 * Adds noise to a series {@code [T, 1, C]} at a signal-to-noise ratio that is drawn, uniform in decibels. It is met
 * exactly, but for the rounding and saturation of counts: signal and noise are measured, the signal about its mean.
 * Silence stays silent.
 *
 * @param color of the noise
 * @param probability that any is added, in [0, 1]
 * @param minSnr in decibels, in [-120, 120]
 * @param maxSnr in decibels, from {@code minSnr} to 120
 */
public record AdditiveNoise(NoiseColor color, double probability, double minSnr, double maxSnr)
        implements Augmentation {
    private static final double MAX_DECIBELS = 120;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is out of its range
     */
    public AdditiveNoise {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("probability " + probability);
        }
        if (!(minSnr >= -MAX_DECIBELS && maxSnr >= minSnr && maxSnr <= MAX_DECIBELS)) {
            throw new IllegalArgumentException("signal-to-noise ratio " + minSnr + " to " + maxSnr + " dB");
        }
    }

    @Override
    public void apply(float[] sample, Shape shape, RandomGenerator random) {
        Series.require(shape);
        boolean apply = random.nextDouble() < probability;
        double snr = minSnr + (maxSnr - minSnr) * random.nextDouble();
        if (apply) {
            color.addTo(sample, shape.dim(2), 1 / Series.amplitude(snr), random);
        }
    }
}
