package org.tinytune.data.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResamplerTest {
    private static final int AMPLITUDE = 30_000;

    @ParameterizedTest
    @CsvSource({
        "16000, 8000, 1000",
        "44100, 16000, 3000",
        "8000, 16000, 3000",
        "48000, 44100, 10000",
        "104, 100, 9",
        "103.7, 100, 20",
        "100.0001, 104, 31",
        "11025, 8000, 3000",
        "8000, 8001, 3000",
    })
    void aToneStaysTheToneItIs(double from, double to, double toneHz) {
        short[] tone = tone(from, toneHz, 4000);

        short[] resampled = new Resampler(from, to).resample(tone, 1);

        int edge = (int) Math.ceil(64 * Math.max(1, to / from));
        double noise = 0;
        int counted = 0;
        for (int i = edge; i < resampled.length - edge; i++, counted++) {
            double error = resampled[i] - AMPLITUDE * Math.sin(2 * Math.PI * toneHz * i / to);
            noise += error * error;
        }
        double decibel = 10 * Math.log10(AMPLITUDE / 2.0 * AMPLITUDE / (noise / counted));
        assertThat(decibel).as("signal to noise").isGreaterThan(75);
    }

    @Test
    void whatTheLowerRateCannotHoldIsKeptOut() {
        short[] resampled = new Resampler(16_000, 8000).resample(tone(16_000, 5000, 8000), 1);

        for (int i = 64; i < resampled.length - 64; i++) {
            assertThat(Math.abs(resampled[i])).isLessThan((short) 4);
        }
    }

    @ParameterizedTest
    @CsvSource({"16000, 8000", "100, 104", "104, 99.7", "50, 12800", "12800, 50"})
    void whatDoesNotChangeStaysToTheEdges(double from, double to) {
        short[] still = new short[300 * 2];
        for (int i = 0; i < still.length; i++) {
            still[i] = i % 2 == 0 ? (short) 16_384 : (short) -7;
        }

        short[] resampled = new Resampler(from, to).resample(still, 2);

        for (int i = 0; i < resampled.length; i++) {
            assertThat(resampled[i]).isEqualTo(i % 2 == 0 ? (short) 16_384 : (short) -7);
        }
    }

    @ParameterizedTest
    @CsvSource({"16000, 8000, 8000, 4000", "44100, 16000, 44100, 16000", "100, 50, 1, 1", "104, 100, 3, 3"})
    void durationsStay(double from, double to, int frames, int expected) {
        Resampler resampler = new Resampler(from, to);

        assertThat(Resampler.frames(frames, from / to)).isEqualTo(expected);
        assertThat(resampler.resample(new short[frames], 1)).hasSize(expected);
    }

    @Test
    void channelsDoNotMix() {
        SplittableRandom random = new SplittableRandom(3);
        short[] left = new short[500];
        short[] both = new short[1000];
        for (int i = 0; i < left.length; i++) {
            left[i] = (short) random.nextInt();
            both[2 * i] = left[i];
            both[2 * i + 1] = (short) random.nextInt();
        }
        Resampler resampler = new Resampler(44_100, 16_000);

        short[] alone = resampler.resample(left, 1);
        short[] together = resampler.resample(both, 2);

        for (int i = 0; i < alone.length; i++) {
            assertThat(together[2 * i]).isEqualTo(alone[i]);
        }
    }

    private static short[] tone(double rateHz, double toneHz, int samples) {
        short[] tone = new short[samples];
        for (int i = 0; i < samples; i++) {
            tone[i] = (short) Math.rint(AMPLITUDE * Math.sin(2 * Math.PI * toneHz * i / rateHz));
        }
        return tone;
    }
}
