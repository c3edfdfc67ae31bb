package org.tinytune.core.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RealFftTest {
    /** Signal to error over all bins, in decibels. */
    private static final double LEAST_SNR = 85;

    static IntStream lengths() {
        return IntStream.iterate(RealFft.MIN_LENGTH, n -> n <= RealFft.MAX_LENGTH, n -> 2 * n);
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void equalsTheDefinition(int length) {
        int full = 1 << RealFft.ofLength(length).inputBits();
        SplittableRandom random = new SplittableRandom(length);
        assertNear(length, i -> random.nextInt(-full, full + 1));
        assertNear(length, i -> random.nextInt(-100, 101) * (full / 100));
        for (int k = 1; k < length / 2; k = 2 * k + 1) {
            double turns = (double) k / length;
            assertNear(length, i -> (int) (full * StrictMath.cos(2 * StrictMath.PI * i * turns)));
        }
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void extremesDoNotOverflow(int length) {
        int full = 1 << RealFft.ofLength(length).inputBits();
        assertNear(length, i -> -full);
        assertNear(length, i -> full);
        assertNear(length, i -> i % 2 == 0 ? full : -full);
        assertNear(length, i -> i % 4 < 2 ? full : -full);
        assertNear(length, i -> i == 5 ? -full : 0);
        SplittableRandom random = new SplittableRandom(7);
        assertNear(length, i -> random.nextBoolean() ? full : -full);
        for (int k = 1; k < length / 2; k = 2 * k + 1) {
            double turns = (double) k / length;
            assertNear(length, i -> StrictMath.cos(2 * StrictMath.PI * (i + 0.3) * turns) < 0 ? -full : full);
        }
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void silenceStaysSilent(int length) {
        RealFft fft = RealFft.ofLength(length);
        int[] data = new int[fft.dataLength()];
        fft.transform(data);
        assertThat(data).containsOnly(0);
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void everySampleHasAPlaceOfItsOwn(int length) {
        RealFft fft = RealFft.ofLength(length);
        int[] places = IntStream.range(0, length).map(fft::place).sorted().toArray();
        assertThat(places).isEqualTo(IntStream.range(0, length).toArray());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 8, 15, 100, 4096})
    void otherLengthsAreRefused(int length) {
        assertThatThrownBy(() -> RealFft.ofLength(length))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(length + " is no power of two from 16 to 2048");
    }

    @Test
    void saysHowItScales() {
        assertThat(RealFft.ofLength(1024)).extracting(RealFft::scaleBits, RealFft::inputBits).containsExactly(4, 24);
        assertThat(RealFft.ofLength(16)).extracting(RealFft::scaleBits, RealFft::inputBits).containsExactly(1, 27);
    }

    private static void assertNear(int length, IntUnaryOperator sample) {
        RealFft fft = RealFft.ofLength(length);
        int[] samples = IntStream.range(0, length).map(sample).toArray();
        int[] data = new int[fft.dataLength()];
        for (int i = 0; i < length; i++) {
            data[fft.place(i)] = samples[i];
        }
        fft.transform(data);
        double[] expected = spectrum(samples);
        double signal = 0;
        double error = 0;
        for (int i = 0; i < data.length; i++) {
            double wanted = expected[i] / (1 << fft.scaleBits());
            signal += wanted * wanted;
            error += (data[i] - wanted) * (data[i] - wanted);
        }
        double snr = 10 * StrictMath.log10(signal / Math.max(error, 1));
        assertThat(snr).as("length %d", length).isGreaterThan(LEAST_SNR);
    }

    /** By definition, in double. */
    private static double[] spectrum(int[] samples) {
        int n = samples.length;
        double[] cosines = new double[n];
        for (int i = 0; i < n; i++) {
            cosines[i] = StrictMath.cos(2 * StrictMath.PI * i / n);
        }
        double[] spectrum = new double[n + 2];
        for (int k = 0; k <= n / 2; k++) {
            for (int i = 0; i < n; i++) {
                int turned = i * k % n;
                spectrum[2 * k] += samples[i] * cosines[turned];
                spectrum[2 * k + 1] += samples[i] * cosines[(turned + n / 4) % n];
            }
        }
        return spectrum;
    }
}
