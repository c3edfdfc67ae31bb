package org.tinytune.cli.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.tinytune.data.SignalFormat;

class FeatureMapTest {
    /** Full scale in the second channel, half of it in the first; a sine each. */
    private static float[] sines(int samples, double rate, double firstHz, double secondHz) {
        float[] window = new float[2 * samples];
        for (int i = 0; i < samples; i++) {
            window[2 * i] = Math.round(16383 * Math.sin(2 * Math.PI * firstHz * i / rate));
            window[2 * i + 1] = Math.round(32767 * Math.sin(2 * Math.PI * secondHz * i / rate));
        }
        return window;
    }

    private static int loudest(float[] features) {
        int loudest = 0;
        for (int f = 0; f < features.length; f++) {
            loudest = features[f] > features[loudest] ? f : loudest;
        }
        return loudest;
    }

    private static SignalFormat format(double rate) {
        return new SignalFormat(rate, 1e-3, List.of("x", "y"), "");
    }

    @Test
    void showsEachChannelsFrequencyAndLevel() {
        FeatureMap map = FeatureMap.of(512, 2, format(100));

        float[][][] power = map.of(sines(512, 100, 12.5, 25), 2);

        assertThat(map.block()).isEqualTo("SPECTROGRAM");
        int bins = power[0][0].length;
        for (int frame = 0; frame < power[0].length; frame++) {
            assertThat(loudest(power[0][frame])).isEqualTo((int) (map.position(12.5) * (bins - 1)));
            assertThat(loudest(power[1][frame])).isEqualTo((int) (map.position(25) * (bins - 1)));
            assertThat(power[0][frame][bins / 4]).isCloseTo(-6, within(0.2f));
            assertThat(power[1][frame][bins / 2]).isCloseTo(0, within(0.2f));
        }
    }

    @Test
    void soundIsHeardInBands() {
        FeatureMap map = FeatureMap.of(16_000, 1, format(16_000));

        float[][][] power = map.of(sines(16_000, 16_000, 1000, 0), 2);

        assertThat(map.block()).isEqualTo("MEL_ENERGIES");
        assertThat(power).hasDimensions(1, power[0].length);
        double heard = (loudest(power[0][20]) + 1.0) / (power[0][0].length + 1);
        assertThat(heard).isCloseTo(map.position(1000), within(0.02));
    }

    @Test
    void anyRateAndLengthHasOne() {
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 60; i++) {
            double rate = Math.exp(random.nextDouble(Math.log(0.5), Math.log(200_000)));
            int samples = 1 + random.nextInt(random.nextBoolean() ? 40 : 4000);

            FeatureMap map = FeatureMap.of(samples, 2, format(rate));

            assertThat(map.of(new float[2 * samples], 2))
                    .as("%d samples at %s Hz", samples, rate)
                    .hasNumberOfRows(2);
        }
    }
}
