package org.tinytune.core.op.spectralfeatures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytune.core.dsp.Butterworth;
import org.tinytune.core.dsp.Window;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.op.Frames;
import org.tinytune.core.testing.BlockRun;
import org.tinytune.core.testing.RealFeatures;
import org.tinytune.core.testing.RealMotionFeatures;

class SpectralFeaturesTest {
    /** With bins down to 70 dB below the strongest: further down the transform's own precision ends. */
    private static final double LEAST_SNR = 50;

    private static final int FRAMES = 20;
    private static final Butterworth LOW_PASS = new Butterworth(false, 6, 0.2f);
    private static final Butterworth HIGH_PASS = new Butterworth(true, 4, 0.05f);

    static Stream<SpectralFeaturesParams> params() {
        return Stream.of(
                SpectralFeaturesParams.plain(125, 128),
                SpectralFeaturesParams.plain(125, 128).filtered(LOW_PASS, 0),
                SpectralFeaturesParams.plain(125, 128).filtered(HIGH_PASS, 0),
                SpectralFeaturesParams.plain(125, 16),
                SpectralFeaturesParams.plain(200, 64).filtered(new Butterworth(false, 8, 0.1f), 0),
                SpectralFeaturesParams.plain(1000, 512).filtered(new Butterworth(true, 2, 0.002f), 0),
                new SpectralFeaturesParams(
                        Frames.single(500), Optional.empty(), 256, Window.HAMMING, true, 3, -100, false, 0, 0, 129),
                new SpectralFeaturesParams(
                        Frames.single(33), Optional.empty(), 32, Window.RECTANGULAR, false, -2, -90, true, 0, 3, 9));
    }

    @ParameterizedTest
    @MethodSource("params")
    void movementsAndNoiseHaveTheirFeatures(SpectralFeaturesParams params) {
        SplittableRandom random = new SplittableRandom(1);
        int length = params.frames().length();
        assertAccurate(params, i -> random.nextInt(-32_768, 32_768) >> i / length % 5);
        assertAccurate(params, i -> 16_384 + (random.nextInt(-200, 201) << i / length % 5));
        assertAccurate(params, i -> 8_000 * swing(i) + (random.nextInt(-300, 301) << i / length % 3));
        assertAccurate(params, i -> 16_000 + 1_500 * swing(i) * swing(i / 3) + random.nextInt(-50, 51));
        assertAccurate(params, i -> (random.nextBoolean() ? -32_768 : 32_767) >> i / length % 5);
        assertAccurate(params, i -> (i % 97 == 5 ? 32_767 : random.nextInt(-300, 301)) >> i / length % 5);
    }

    private static double swing(int i) {
        return StrictMath.sin(i * (0.1 + i * 1e-5));
    }

    private static void assertAccurate(SpectralFeaturesParams params, IntToDoubleFunction reading) {
        short[] readings = readings(FRAMES * params.frames().length(), reading);
        double[][] expected = RealMotionFeatures.spectral(readings, params);
        double[][] actual = BlockRun.features(SpectralFeatures.INSTANCE, params, readings);
        double floor = RealMotionFeatures.floor(params) + 2 * params.scaleBits();
        double snr = RealFeatures.snr(expected, actual, floor);
        assertThat(snr).as("%s", params).isGreaterThan(LEAST_SNR);
    }

    private static short[] readings(int count, IntToDoubleFunction reading) {
        short[] readings = new short[count];
        for (int i = 0; i < count; i++) {
            readings[i] = (short) StrictMath.rint(reading.applyAsDouble(i));
        }
        return readings;
    }

    @Test
    void theHighestPeaksComeFirst() {
        SpectralFeaturesParams params = new SpectralFeaturesParams(
                Frames.single(128), Optional.empty(), 128, Window.HANN, false, 0, -60, false, 4, 0, 65);
        short[] readings = readings(128, i -> 1_000 * wave(i, 10) + 8_000 * wave(i, 40) + 3_000 * wave(i, 50));
        double[] features = BlockRun.features(SpectralFeatures.INSTANCE, params, readings)[0];
        double floor = -19.9296875;
        assertThat(features[0]).isCloseTo(log(8_000, 1_000, 3_000), within(0.01));
        assertThat(new double[] {features[1], features[3], features[5], features[7]})
                .containsExactly(40, 50, 10, 0);
        assertThat(features[2]).isCloseTo(log(8_000), within(0.01));
        assertThat(features[4]).isCloseTo(log(3_000), within(0.01));
        assertThat(features[6]).isCloseTo(log(1_000), within(0.01));
        assertThat(features[8]).isEqualTo(floor);
    }

    private static double wave(int i, int periods) {
        return StrictMath.sin(2 * StrictMath.PI * i * periods / 128);
    }

    /** Of the power of sines. */
    private static double log(double... amplitudes) {
        double power = 0;
        for (double amplitude : amplitudes) {
            power += amplitude * amplitude / (1 << 30);
        }
        return StrictMath.log(power) / StrictMath.log(2);
    }

    @ParameterizedTest
    @MethodSource("params")
    void whatIsConstantIsTheFloor(SpectralFeaturesParams params) {
        for (int level : new int[] {-32_768, 0, 32_767}) {
            short[] readings = readings(params.frames().length(), i -> level);
            double[][] actual = BlockRun.features(SpectralFeatures.INSTANCE, params, readings);
            double[][] expected = RealMotionFeatures.spectral(readings, params);
            for (int f = 0; f < actual[0].length; f++) {
                assertThat(actual[0][f]).isCloseTo(expected[0][f], within(0.004));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            100   | 100  | 0  | -100 | 0  | 0 | 9  | the FFT's length is 100, not a power of two from 16 to 512
            100   | 1024 | 0  | -100 | 0  | 0 | 9  | the FFT's length is 1024, not a power of two from 16 to 512
            16385 | 128  | 0  | -100 | 0  | 0 | 9  | a frame of 16385 samples is longer than 16384
            100   | 128  | 16 | -100 | 0  | 0 | 9  | readings are shifted by 16 bits, not by -15 to 15
            100   | 128  | 0  | 0    | 0  | 0 | 9  | the noise floor is 0 dB, not in [-120, -1]
            100   | 128  | 0  | -100 | 17 | 0 | 9  | there are 17 peaks, not 0 to 16
            100   | 128  | 0  | -100 | 0  | 9 | 8  | bins 9 to 8 of 65
            100   | 128  | 0  | -100 | 0  | 0 | 66 | bins 0 to 66 of 65
            """)
    void whatCannotBeIsRefused(
            int length, int fftLength, int scaleBits, int floor, int peaks, int first, int end, String message) {
        Frames frames = Frames.single(length);
        assertThatThrownBy(() -> new SpectralFeaturesParams(
                        frames,
                        Optional.empty(),
                        fftLength,
                        Window.HANN,
                        false,
                        scaleBits,
                        floor,
                        true,
                        peaks,
                        first,
                        end))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage(message);
    }

    @Test
    void onlyBinsThatTheFilterPassesRemain() {
        SpectralFeaturesParams plain = SpectralFeaturesParams.plain(125, 128);
        assertThat(plain.features()).isEqualTo(68);
        assertThat(plain.filtered(LOW_PASS, 3).bins()).isEqualTo(27);
        assertThat(plain.filtered(LOW_PASS, 3).features()).isEqualTo(3 + 6 + 27);
        assertThat(plain.filtered(HIGH_PASS, 0).firstBin()).isEqualTo(6);
        assertThat(plain.filtered(HIGH_PASS, 0).endBin()).isEqualTo(65);
    }
}
