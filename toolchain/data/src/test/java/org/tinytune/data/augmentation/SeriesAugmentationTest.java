package org.tinytune.data.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.SignalFormat;

class SeriesAugmentationTest {
    private static final int ROWS = 400;
    private static final Shape MOTION = Shape.of(ROWS, 1, 3);
    private static final Shape SOUND = Shape.of(ROWS, 1, 1);

    static Stream<Augmentation> all() {
        return Stream.of(
                new TimeShift(0.3),
                new Gain(12),
                new Equalizer(12),
                new AdditiveNoise(NoiseColor.WHITE, 0.7, 0, 30),
                new AdditiveNoise(NoiseColor.PINK, 0.7, 0, 30),
                new TimeStretch(0.3),
                new TimeWarp(0.5),
                new Jitter(0.2),
                new Scaling(0.5),
                new AxisRotation(90));
    }

    static Stream<Augmentation> none() {
        return Stream.of(
                new TimeShift(0),
                new Gain(0),
                new Equalizer(0),
                new AdditiveNoise(NoiseColor.WHITE, 0, 0, 30),
                new TimeStretch(0),
                new TimeWarp(0),
                new Jitter(0),
                new Scaling(0),
                new AxisRotation(0));
    }

    @ParameterizedTest
    @MethodSource("none")
    void changesNothingAtStrengthZero(Augmentation augmentation) {
        for (float[] sample : new float[][] {counts(9000, 3), reals(3)}) {
            float[] changed = sample.clone();
            augmentation.apply(changed, MOTION, Augmentation.stream(1, 2, 3));
            assertThat(changed).isEqualTo(sample);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void givesTheSameForTheSameSampleAndEpochOnly(Augmentation augmentation) {
        float[] first = applied(augmentation, counts(9000, 3), MOTION, 3);

        assertThat(applied(augmentation, counts(9000, 3), MOTION, 3)).isEqualTo(first);
        long different = Stream.iterate(4, i -> i + 1)
                .limit(20)
                .filter(i -> !Arrays.equals(applied(augmentation, counts(9000, 3), MOTION, i), first))
                .count();
        assertThat(different).isGreaterThan(10);
    }

    /** The loudest there can be, too. */
    @ParameterizedTest
    @MethodSource("all")
    void countsStayCounts(Augmentation augmentation) {
        float[] loudest = new float[3 * ROWS];
        for (int i = 0; i < loudest.length; i++) {
            loudest[i] = i / 7 % 2 == 0 ? Short.MAX_VALUE : Short.MIN_VALUE;
        }
        for (int n = 0; n < 50; n++) {
            assertThat(Series.areCounts(applied(augmentation, counts(30_000, 3), MOTION, n)))
                    .isTrue();
            assertThat(Series.areCounts(applied(augmentation, loudest, MOTION, n)))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void drawsAsOftenWhateverTheValues(Augmentation augmentation) {
        Counter loud = new Counter();
        Counter silent = new Counter();
        augmentation.apply(counts(9000, 3), MOTION, loud);
        augmentation.apply(new float[3 * ROWS], MOTION, silent);

        assertThat(silent.draws).isEqualTo(loud.draws).isPositive();
    }

    @ParameterizedTest
    @MethodSource("all")
    void silenceStaysSilent(Augmentation augmentation) {
        assertThat(applied(augmentation, new float[3 * ROWS], MOTION, 1)).containsOnly(0);
    }

    @ParameterizedTest
    @MethodSource("all")
    void refusesWhatIsNoSeries(Augmentation augmentation) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> augmentation.apply(new float[6], Shape.of(6), Augmentation.stream(1, 1, 1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> augmentation.apply(new float[18], Shape.of(3, 2, 3), Augmentation.stream(1, 1, 1)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void takesTheShortestSeries(Augmentation augmentation) {
        for (int rows = 1; rows <= 3; rows++) {
            float[] sample = new float[3 * rows];
            Arrays.fill(sample, 5);
            augmentation.apply(sample, Shape.of(rows, 1, 3), Augmentation.stream(1, 2, 3));
            assertThat(Series.areCounts(sample)).isTrue();
        }
    }

    /** The same on every JDK: the values were computed once, on JDK 17. */
    @Test
    void givesTheSameOnEveryJdk() {
        float[] sample = counts(9000, 3);
        Augmentation.sequence(all().toList()).apply(sample, MOTION, Augmentation.stream(1, 2, 3));

        assertThat(Arrays.hashCode(sample)).isEqualTo(HASH);
    }

    private static final int HASH = -60239359;

    @Test
    void shiftsByWholeRowsAndLetsSilenceIn() {
        for (int n = 0; n < 100; n++) {
            float[] sample = counts(9000, 3);
            float[] shifted = applied(new TimeShift(0.25), sample, MOTION, n);
            int shift = shift(sample, shifted);
            assertThat(Math.abs(shift)).isLessThanOrEqualTo(ROWS / 4);
            assertThat(energy(shifted)).isLessThanOrEqualTo(energy(sample));
        }
    }

    /** By which the second is the first, and silent where it is not. */
    private static int shift(float[] sample, float[] shifted) {
        for (int shift = -ROWS / 2; shift <= ROWS / 2; shift++) {
            boolean same = true;
            for (int i = 0; i < sample.length && same; i++) {
                int from = i - 3 * shift;
                same = shifted[i] == (from >= 0 && from < sample.length ? sample[from] : 0);
            }
            if (same) {
                return shift;
            }
        }
        throw new AssertionError("not shifted");
    }

    @Test
    void gainIsOneFactorWithinItsRange() {
        double least = Double.MAX_VALUE;
        double most = 0;
        for (int n = 0; n < 200; n++) {
            float[] sample = reals(1);
            float[] louder = applied(new Gain(6), sample, SOUND, n);
            double decibels = 10 * Math.log10(energy(louder) / energy(sample));
            least = Math.min(least, decibels);
            most = Math.max(most, decibels);
            assertThat(louder[7] / sample[7]).isCloseTo(louder[99] / sample[99], within(1e-5f));
        }
        assertThat(least).isBetween(-6.0, -5.5);
        assertThat(most).isBetween(5.5, 6.0);
    }

    @Test
    void equalizerChangesEachBandByItself() {
        double most = 0;
        double apart = 0;
        for (int n = 0; n < 200; n++) {
            double low = decibelsAt(0.02, n);
            double high = decibelsAt(0.35, n);
            most = Math.max(most, Math.max(Math.abs(low), Math.abs(high)));
            apart = Math.max(apart, Math.abs(low - high));
        }
        // Bands overlap, so that neighbours add up.
        assertThat(most).isBetween(10.0, 24.0);
        assertThat(apart).isBetween(15.0, 30.0);
    }

    /** What the n-th equalizer of 12 dB does to a tone, once it has settled. */
    private static double decibelsAt(double frequency, int n) {
        float[] tone = new float[ROWS];
        for (int i = 0; i < ROWS; i++) {
            tone[i] = (float) (0.1 * Math.sin(2 * Math.PI * frequency * i));
        }
        float[] changed = applied(new Equalizer(12), tone, SOUND, n);
        int settled = ROWS / 2;
        return 10
                * Math.log10(energy(Arrays.copyOfRange(changed, settled, ROWS))
                        / energy(Arrays.copyOfRange(tone, settled, ROWS)));
    }

    @Test
    void equalizerInTheMiddleOfItsRangeChangesNothing() {
        float[] click = new float[ROWS];
        click[0] = 1;
        new Equalizer(12).apply(click, SOUND, new Fixed(0.5));

        assertThat(click[0]).isEqualTo(1);
        assertThat(Arrays.copyOfRange(click, 1, ROWS)).containsOnly(0);
    }

    @Test
    void gainSaturatesAsAMicrophoneDoes() {
        float[] sample = {20_000, -20_000, 10};
        new Gain(20).apply(sample, Shape.of(3, 1, 1), new Fixed(1));

        assertThat(sample).containsExactly(32767, -32768, 100);
    }

    @ParameterizedTest
    @CsvSource({"WHITE, 20", "WHITE, 0", "WHITE, -10", "PINK, 20", "PINK, 0", "PINK, -10"})
    void noiseHasTheRatioThatWasDrawn(NoiseColor color, double snr) {
        float[] sample = reals(1);
        for (int n = 0; n < 20; n++) {
            float[] noisy = applied(new AdditiveNoise(color, 1, snr, snr), sample, SOUND, n);
            float[] noise = new float[ROWS];
            for (int i = 0; i < ROWS; i++) {
                noise[i] = noisy[i] - sample[i];
            }
            assertThat(10 * Math.log10(Series.energy(sample, 1) / Series.energy(noise, 1)))
                    .isCloseTo(snr, within(0.01));
        }
    }

    @Test
    void aRatioIsDrawnWithinItsRangeAndNotForEverySample() {
        int untouched = 0;
        for (int n = 0; n < 200; n++) {
            float[] sample = reals(1);
            float[] noisy = applied(new AdditiveNoise(NoiseColor.WHITE, 0.5, 10, 20), sample, SOUND, n);
            double noise = 0;
            for (int i = 0; i < ROWS; i++) {
                noise += (noisy[i] - sample[i]) * (noisy[i] - sample[i]);
            }
            if (noise == 0) {
                untouched++;
            } else {
                // About the mean of the noise, too, which is small.
                assertThat(10 * Math.log10(Series.energy(sample, 1) / noise)).isBetween(9.5, 20.1);
            }
        }
        assertThat(untouched).isBetween(70, 130);
    }

    /** Of white noise, each octave has twice the power of the one below it; of pink noise, as much. */
    @ParameterizedTest
    @EnumSource
    void noiseHasItsColor(NoiseColor color) {
        int length = 4096;
        double[] octaves = new double[7];
        for (int n = 0; n < 20; n++) {
            float[] noise = new float[length];
            color.fill(noise, 0, 1, Augmentation.stream(7, 0, n));
            for (int octave = 0; octave < octaves.length; octave++) {
                octaves[octave] += power(noise, 8 << octave, 16 << octave);
            }
        }
        for (int octave = 1; octave < octaves.length; octave++) {
            double decibels = 10 * Math.log10(octaves[octave] / octaves[octave - 1]);
            assertThat(decibels).as("octave %d", octave).isCloseTo(color == NoiseColor.WHITE ? 3 : 0, within(1.6));
        }
    }

    /** Of a band of frequencies, in steps of the whole length; every fourth frequency is enough. */
    private static double power(float[] values, int begin, int end) {
        double power = 0;
        int step = Math.max(1, (end - begin) / 16);
        for (int k = begin; k < end; k += step) {
            double re = 0;
            double im = 0;
            for (int i = 0; i < values.length; i++) {
                double angle = 2 * Math.PI * ((long) k * i % values.length) / values.length;
                re += values[i] * Math.cos(angle);
                im += values[i] * Math.sin(angle);
            }
            power += (re * re + im * im) * step;
        }
        return power;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.2, 0.9})
    void aStretchStaysInTheWindow(double change) {
        for (int n = 0; n < 200; n++) {
            float[] ramp = ramp();
            float[] stretched = applied(new TimeStretch(change), ramp, SOUND, n);
            // Of a ramp from 1, what is not silent rises by the speed.
            int first = 0;
            while (stretched[first] == 0) {
                first++;
            }
            int last = ROWS - 1;
            while (stretched[last] == 0) {
                last--;
            }
            double speed = (stretched[last] - stretched[first]) / (double) (last - first);
            assertThat(speed).isBetween(1 - change - 1e-3, 1 + change + 1e-3);
            assertThat(stretched[first]).isBetween(1f, 1f + ROWS);
            assertThat(stretched[last]).isLessThanOrEqualTo(ROWS);
            if (speed > 1.01) {
                // All of it is there.
                assertThat(stretched[first]).isLessThan(1 + (float) speed);
                assertThat(stretched[last]).isGreaterThan(ROWS - (float) speed);
            }
        }
    }

    /** A ramp shows the map of time itself. */
    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 0.99})
    void timeNeverTurnsBackAndKeepsItsEnds(double change) {
        for (int n = 0; n < 200; n++) {
            float[] warped = applied(new TimeWarp(change), ramp(), SOUND, n);
            assertThat(warped[0]).isEqualTo(1);
            assertThat(warped[ROWS - 1]).isEqualTo(ROWS);
            double ratio = (1 + change) / (1 - change);
            for (int i = 1; i < ROWS; i++) {
                assertThat(warped[i] - warped[i - 1])
                        .as("sample %d, row %d", n, i)
                        .isGreaterThan(0)
                        .isBetween((float) (1 / ratio) - 0.01f, (float) ratio + 0.01f);
            }
        }
    }

    /** From 1, in steps of 1; not of counts, so that nothing is rounded. */
    private static float[] ramp() {
        float[] ramp = new float[ROWS];
        for (int i = 0; i < ROWS; i++) {
            ramp[i] = i + 1;
        }
        ramp[ROWS / 2] += 0.001f;
        return ramp;
    }

    @Test
    void jitterIsAPartOfTheDeviation() {
        float[] sample = reals(3);
        float[] noisy = applied(new Jitter(0.1), sample, MOTION, 1);
        float[] noise = new float[sample.length];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = noisy[i] - sample[i];
        }
        assertThat(Math.sqrt(Series.energy(noise, 3) / Series.energy(sample, 3)))
                .isCloseTo(0.1, within(1e-4));
    }

    @Test
    void scalingKeepsDirections() {
        float[] sample = reals(3);
        float[] scaled = applied(new Scaling(0.3), sample, MOTION, 1);
        float factor = scaled[0] / sample[0];

        assertThat(factor).isBetween(0.7f, 1.3f).isNotEqualTo(1);
        for (int i = 0; i < sample.length; i++) {
            assertThat(scaled[i]).isCloseTo(factor * sample[i], within(1e-4f));
        }
    }

    @Test
    void aRotationIsOneAndKeepsLengthsAndAngles() {
        Shape shape = Shape.of(ROWS / 2, 1, 6);
        for (int n = 0; n < 50; n++) {
            float[] sample = reals(3);
            float[] turned = applied(new AxisRotation(180), sample, shape, n);
            for (int i = 0; i < sample.length; i += 3) {
                int other = (i + 33) % sample.length;
                assertThat(dot(turned, i, i)).isCloseTo(dot(sample, i, i), within(1e-4));
                assertThat(dot(turned, i, other)).isCloseTo(dot(sample, i, other), within(1e-4));
                // No mirror: the volume of three vectors keeps its sign.
                int third = (i + 66) % sample.length;
                assertThat(volume(turned, i, other, third)).isCloseTo(volume(sample, i, other, third), within(1e-3));
            }
        }
    }

    @Test
    void aRotationStaysWithinItsAngle() {
        for (int n = 0; n < 200; n++) {
            float[] sample = {0.25f, 0.5f, 1, 1.5f, -1, 0.5f};
            float[] turned = sample.clone();
            new AxisRotation(30).apply(turned, Shape.of(2, 1, 3), Augmentation.stream(1, 1, n));
            for (int i = 0; i < sample.length; i += 3) {
                double cos = (sample[i] * turned[i] + sample[i + 1] * turned[i + 1] + sample[i + 2] * turned[i + 2])
                        / dot(sample, i, i);
                assertThat(cos).isGreaterThan(Math.cos(Math.toRadians(30)) - 1e-6);
            }
        }
    }

    private static double dot(float[] v, int a, int b) {
        return (double) v[a] * v[b] + (double) v[a + 1] * v[b + 1] + (double) v[a + 2] * v[b + 2];
    }

    private static double volume(float[] v, int a, int b, int c) {
        return v[a] * ((double) v[b + 1] * v[c + 2] - (double) v[b + 2] * v[c + 1])
                - v[a + 1] * ((double) v[b] * v[c + 2] - (double) v[b + 2] * v[c])
                + v[a + 2] * ((double) v[b] * v[c + 1] - (double) v[b + 1] * v[c]);
    }

    @Test
    void refusesAmountsOutOfRange() {
        Map<String, Runnable> wrong = Map.of(
                "fraction 1.0", () -> new TimeShift(1),
                "decibels NaN", () -> new Gain(Double.NaN),
                "probability 2.0", () -> new AdditiveNoise(NoiseColor.PINK, 2, 0, 1),
                "signal-to-noise ratio 3.0 to 1.0 dB", () -> new AdditiveNoise(NoiseColor.PINK, 1, 3, 1),
                "change -0.1", () -> new TimeStretch(-0.1),
                "change 1.0", () -> new TimeWarp(1),
                "sigma -1.0", () -> new Jitter(-1),
                "degrees 181.0", () -> new AxisRotation(181));
        wrong.forEach((message, call) ->
                assertThatIllegalArgumentException().isThrownBy(call::run).withMessageContaining(message));
        assertThatIllegalArgumentException().isThrownBy(() -> new Scaling(1));
    }

    @ParameterizedTest
    @CsvSource({
        "'8', FEATURES",
        "'8,8,1', IMAGE",
        "'1,1,3', IMAGE",
        "'100,1,1', SOUND",
        "'100,1,2', SOUND",
        "'100,1,3', MOTION",
        "'100,1,6', MOTION"
    })
    void aShapeTellsWhatSamplesAreOf(String dims, SampleKind kind) {
        int[] extents = Stream.of(dims.split(",")).mapToInt(Integer::parseInt).toArray();
        assertThat(SampleKind.of(Shape.of(extents))).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({"16000, 1, SOUND", "6667, 3, SOUND", "4000, 6, SOUND", "3999.9, 3, MOTION", "100, 1, MOTION"})
    void aRateTellsWhatWindowsAreOf(double rateHz, int channels, SampleKind kind) {
        SignalFormat signal = new SignalFormat(rateHz, 0.01, SignalFormat.numberedChannels(channels), "");
        assertThat(SampleKind.of(signal)).isEqualTo(kind);
    }

    private static float[] applied(Augmentation augmentation, float[] sample, Shape shape, int number) {
        float[] changed = sample.clone();
        augmentation.apply(changed, shape, Augmentation.stream(1, 2, number));
        return changed;
    }

    private static double energy(float[] values) {
        double energy = 0;
        for (float value : values) {
            energy += (double) value * value;
        }
        return energy;
    }

    /** Counts of a few waves and some noise. */
    private static float[] counts(double amplitude, int channels) {
        float[] values = reals(channels);
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.round(values[i] * amplitude / 2);
        }
        return values;
    }

    /** In about [-2, 2], no counts. */
    private static float[] reals(int channels) {
        SplittableRandom random = new SplittableRandom(11);
        float[] values = new float[ROWS * channels];
        for (int i = 0; i < values.length; i++) {
            int row = i / channels;
            values[i] = (float) (Math.sin(row * 0.05 * (1 + i % channels)) + random.nextDouble(-0.9, 0.9));
        }
        return values;
    }

    /** Counts draws of 64 bits. */
    private static final class Counter implements RandomGenerator {
        private final SplittableRandom random = new SplittableRandom(1);
        private int draws;

        @Override
        public long nextLong() {
            draws++;
            return random.nextLong();
        }
    }

    /** Draws one double again and again. */
    private record Fixed(double value) implements RandomGenerator {
        @Override
        public long nextLong() {
            throw new UnsupportedOperationException();
        }

        @Override
        public double nextDouble() {
            return value;
        }
    }
}
