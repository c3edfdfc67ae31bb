package org.tinytune.data.augmentation;

import java.util.random.RandomGenerator;

/** How the power of noise lies over frequencies. Amplitudes are bounded and nearly normal; only integers are summed. */
public enum NoiseColor {
    /** Equal power at all frequencies. */
    WHITE {
        @Override
        void fill(float[] noise, int channel, int channels, RandomGenerator random) {
            for (int at = channel; at < noise.length; at += channels) {
                noise[at] = normal(random);
            }
        }
    },

    /**
     * Equal power in each octave, down to 2^-16 of the sampling rate: as rooms, machines and microphones hum.
     *
     * <p>Source: Voss, Clarke, "1/f noise" in music, JASA 63 (1978), in the order of McCartney: one of 16 generators
     * changes at each row, the k-th every 2^k rows.
     */
    PINK {
        @Override
        void fill(float[] noise, int channel, int channels, RandomGenerator random) {
            float[] octaves = new float[OCTAVES];
            float sum = 0;
            for (int k = 0; k < OCTAVES; k++) {
                octaves[k] = normal(random);
                sum += octaves[k];
            }
            int row = 0;
            for (int at = channel; at < noise.length; at += channels) {
                row++;
                int k = Math.min(Integer.numberOfTrailingZeros(row), OCTAVES - 1);
                float fresh = normal(random);
                sum += fresh - octaves[k];
                octaves[k] = fresh;
                noise[at] = sum + normal(random);
            }
        }
    };

    private static final int OCTAVES = 16;
    private static final long HALF_WORD = 0xffff;

    /**
     * Fills a channel of a series with noise of any power; draws depend on its length alone.
     *
     * @param noise {@code [T, 1, C]}
     */
    abstract void fill(float[] noise, int channel, int channels, RandomGenerator random);

    /**
     * Adds noise to a series, as loud as is asked: measured on this noise and this signal, both about the mean of each
     * channel, over all channels together. Counts are rounded and saturate; silence stays silent.
     *
     * @param sample {@code [T, 1, C]}
     * @param ratio deviation of the noise over that of the signal
     */
    final void addTo(float[] sample, int channels, double ratio, RandomGenerator random) {
        float[] noise = new float[sample.length];
        for (int c = 0; c < channels; c++) {
            fill(noise, c, channels, random);
        }
        double noiseEnergy = Series.energy(noise, channels);
        if (noiseEnergy == 0) {
            return;
        }
        double factor = ratio * Math.sqrt(Series.energy(sample, channels) / noiseEnergy);
        boolean counts = Series.areCounts(sample);
        for (int i = 0; i < sample.length; i++) {
            sample[i] = Series.store(sample[i] + factor * noise[i], counts);
        }
    }

    /**
     * Nearly normal, of mean 0: a sum of four uniform numbers, which ends at 3.46 deviations and has a kurtosis of 2.7.
     * An integer below 2^17 in magnitude, so that sums of a few are exact in any order.
     */
    private static float normal(RandomGenerator random) {
        long bits = random.nextLong();
        long sum = (bits & HALF_WORD)
                + (bits >>> 16 & HALF_WORD)
                + (bits >>> 32 & HALF_WORD)
                + (bits >>> 48)
                - 2 * HALF_WORD;
        return (float) sum;
    }
}
