package org.tinytune.core.op;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytune.core.dsp.MelScale;
import org.tinytune.core.dsp.Window;
import org.tinytune.core.op.melenergies.MelEnergies;
import org.tinytune.core.op.mfcc.Mfcc;
import org.tinytune.core.op.mfcc.MfccParams;
import org.tinytune.core.op.spectrogram.Spectrogram;
import org.tinytune.core.testing.BlockRun;
import org.tinytune.core.testing.RealFeatures;

/** Features of made-up sounds against their definition in double. */
class FeatureAccuracyTest {
    private static final double LEAST_SNR = 50;
    private static final int RATE = 16_000;

    static Stream<SpectrumParams> spectra() {
        return Stream.of(
                new SpectrumParams(new Frames(640, 320), 1024, Window.HANN, 0, -80),
                new SpectrumParams(new Frames(400, 160), 512, Window.HAMMING, 31_785, -80),
                new SpectrumParams(new Frames(256, 256), 256, Window.RECTANGULAR, 0, -80),
                new SpectrumParams(new Frames(2048, 1000), 2048, Window.HANN, 31_785, -80));
    }

    @ParameterizedTest
    @MethodSource("spectra")
    void chirpsAndNoiseHaveTheirFeatures(SpectrumParams spectrum) {
        SplittableRandom random = new SplittableRandom(1);
        assertAccurate(spectrum, sound(i -> 20_000 * chirp(i)));
        assertAccurate(spectrum, sound(i -> 32_767 * chirp(i)));
        assertAccurate(spectrum, sound(i -> random.nextInt(-32_768, 32_768)));
        assertAccurate(spectrum, sound(i -> random.nextInt(-300, 301)));
        assertAccurate(spectrum, sound(i -> 3_000 * chirp(i) * chirp(i / 7) + random.nextInt(-20, 21)));
        assertAccurate(spectrum, sound(i -> random.nextBoolean() ? -32_768 : 32_767));
    }

    private static double chirp(int i) {
        return StrictMath.sin(2 * StrictMath.PI * i * (100 + i / 5.0) / RATE);
    }

    private static short[] sound(IntToDoubleFunction sample) {
        short[] samples = new short[RATE];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) StrictMath.rint(sample.applyAsDouble(i));
        }
        return samples;
    }

    private static void assertAccurate(SpectrumParams spectrum, short[] samples) {
        double floor = RealFeatures.floor(spectrum);
        double[][] bins = BlockRun.features(Spectrogram.INSTANCE, spectrum, samples);
        check("bins", RealFeatures.spectrogram(samples, spectrum), bins, floor);
        for (MelScale scale : MelScale.values()) {
            MelParams mel = new MelParams(spectrum, RATE, scale, 20, 100, 7500);
            double[][] bands = BlockRun.features(MelEnergies.INSTANCE, mel, samples);
            check("bands", RealFeatures.melEnergies(samples, mel), bands, floor);
            MfccParams mfcc = new MfccParams(mel, 13);
            double[][] coefficients = BlockRun.features(Mfcc.INSTANCE, mfcc, samples);
            check("coefficients", RealFeatures.mfcc(samples, mfcc), coefficients, RealFeatures.NO_FLOOR);
        }
    }

    private static void check(String name, double[][] expected, double[][] actual, double floor) {
        double snr = RealFeatures.snr(expected, actual, floor);
        assertThat(snr).as(name).isGreaterThan(LEAST_SNR);
    }

    /** As docs/operators.md has it: 16-bit sines let a little of a tone into every bin. */
    @ParameterizedTest
    @CsvSource({"256, 66, 0.025", "256, 78, 0.08", "1024, 66, 0.015", "1024, 78, 0.05"})
    void noiseFarBelowAToneIsOffByWhatIsDocumented(int fftLength, int decibels, double error) {
        SpectrumParams spectrum = new SpectrumParams(new Frames(fftLength, fftLength), fftLength, Window.HANN, 0, -120);
        SplittableRandom random = new SplittableRandom(7);
        // Of deviation range / sqrt(3): in Hann's window its bins are range / 30,000 / sqrt(length / 2) of the tone's.
        double below = StrictMath.pow(10, -decibels / 20.0);
        double range = 30_000 * below * StrictMath.sqrt(fftLength / 2.0);
        short[] samples =
                sound(i -> 30_000 * StrictMath.sin(2 * StrictMath.PI * 0.1237 * i) + random.nextDouble(-range, range));
        double[][] expected = RealFeatures.spectrogram(samples, spectrum);
        double[][] actual = BlockRun.features(Spectrogram.INSTANCE, spectrum, samples);

        double squares = 0;
        int count = 0;
        for (int y = 0; y < expected.length; y++) {
            for (int k = 4; k < fftLength / 2 - 4; k++) {
                if (Math.abs(k - 0.1237 * fftLength) > 6) {
                    squares += (actual[y][k] - expected[y][k]) * (actual[y][k] - expected[y][k]);
                    count++;
                }
            }
        }
        assertThat(StrictMath.sqrt(squares / count)).isLessThan(error);
    }

    @Test
    void silenceIsTheFloor() {
        SpectrumParams spectrum = new SpectrumParams(new Frames(640, 320), 1024, Window.HANN, 0, -100);
        double[][] features = BlockRun.features(Spectrogram.INSTANCE, spectrum, new short[RATE]);
        assertThat(features).hasDimensions(49, 513);
        for (double[] row : features) {
            assertThat(row).containsOnly(-33.21875);
        }
    }

    @Test
    void aSineOfFullScaleHasPower1AndAConstantOneFourTimesAsMuch() {
        SpectrumParams spectrum = new SpectrumParams(new Frames(512, 512), 512, Window.HANN, 0, -100);
        short[] sine = sound(i -> 32_767 * StrictMath.sin(2 * StrictMath.PI * i * 32 / 512));
        assertThat(BlockRun.features(Spectrogram.INSTANCE, spectrum, sine)[0][32])
                .isZero();
        double[] loudest = BlockRun.features(Spectrogram.INSTANCE, spectrum, sound(i -> -32_768))[0];
        assertThat(loudest[0]).isEqualTo(2);
        assertThat(loudest[100]).isEqualTo(-33.21875);
    }

    @Test
    void aFrameDependsOnItsSamplesAlone() {
        SpectrumParams spectrum = new SpectrumParams(new Frames(100, 70), 128, Window.HAMMING, 30_000, -100);
        short[] samples = sound(i -> 9_000 * chirp(i));
        short[] later = new short[300];
        System.arraycopy(samples, 70, later, 0, later.length);
        double[][] all = BlockRun.features(Spectrogram.INSTANCE, spectrum, samples);
        double[][] some = BlockRun.features(Spectrogram.INSTANCE, spectrum, later);
        assertThat(some).isDeepEqualTo(Arrays.copyOfRange(all, 1, 1 + some.length));
    }
}
