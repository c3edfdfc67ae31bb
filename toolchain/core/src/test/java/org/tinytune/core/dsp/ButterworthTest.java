package org.tinytune.core.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytune.core.testing.RealMotionFeatures;

class ButterworthTest {
    private static final int LENGTH = 1000;

    static List<Butterworth> filters() {
        List<Butterworth> filters = new ArrayList<>();
        for (boolean highPass : new boolean[] {false, true}) {
            for (int order = 2; order <= Butterworth.MAX_ORDER; order += 2) {
                for (float cutoff : new float[] {0.002f, 0.02f, 0.05f, 0.13f, 0.25f, 0.37f, 0.49f}) {
                    filters.add(new Butterworth(highPass, order, cutoff));
                }
            }
        }
        return filters;
    }

    @ParameterizedTest
    @MethodSource("filters")
    void equalsTheDefinition(Butterworth filter) {
        SplittableRandom random = new SplittableRandom(3);
        assertNear(filter, i -> random.nextInt(-32_768, 32_768));
        assertNear(filter, i -> 16_384 + random.nextInt(-50, 51));
        assertNear(filter, i -> (int) (32_767 * StrictMath.sin(0.1 * i)));
        assertNear(filter, i -> i < 500 ? -32_768 : 32_767);
        assertNear(filter, i -> i % 2 == 0 ? -32_768 : 32_767);
        assertNear(filter, i -> i == 300 ? 32_767 : -32_768);
    }

    private static void assertNear(Butterworth filter, IntUnaryOperator reading) {
        int[] readings = IntStream.range(0, LENGTH).map(reading).toArray();
        double[] expected = RealMotionFeatures.filtered(
                Arrays.stream(readings).asDoubleStream().toArray(), filter);
        int[] actual = filter.filter(readings);
        double worst = 0;
        for (int i = 0; i < LENGTH; i++) {
            double value = StrictMath.scalb((double) actual[i], -Butterworth.FRACTION_BITS);
            worst = Math.max(worst, Math.abs(value - expected[i]));
        }
        assertThat(worst).isLessThan(maxError(filter));
    }

    /** In readings: roundings add up the longer the nearer the poles are to 0 or to half of the sample rate. */
    private static double maxError(Butterworth filter) {
        double distance = Math.min(filter.cutoff(), 0.5 - filter.cutoff());
        return 0.05 + 1.4e-4 / (distance * distance);
    }

    /** The readings that make a value greatest, whose signs are those of the response to an impulse. */
    @ParameterizedTest
    @MethodSource("filters")
    void noReadingsOverflow(Butterworth filter) {
        double[] impulse = new double[LENGTH];
        impulse[1] = 1;
        double[] response = RealMotionFeatures.filtered(impulse, filter);
        int[] readings = new int[LENGTH];
        for (int i = 1; i < LENGTH; i++) {
            readings[i] = response[LENGTH - i] < 0 ? -32_768 : 32_767;
        }
        readings[0] = -readings[1];
        double[] expected = RealMotionFeatures.filtered(
                Arrays.stream(readings).asDoubleStream().toArray(), filter);
        int last = filter.filter(readings)[LENGTH - 1];
        assertThat(Math.abs(last)).isLessThan(Deviations.MAX_VALUE);
        assertThat(StrictMath.scalb((double) last, -Butterworth.FRACTION_BITS))
                .isCloseTo(expected[LENGTH - 1], within(maxError(filter)));
    }

    @ParameterizedTest
    @MethodSource("filters")
    void whatIsConstantIsNotThere(Butterworth filter) {
        assertThat(filter.filter(IntStream.generate(() -> 12_345).limit(50).toArray()))
                .containsOnly(0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0  | 0.1   | a filter of order 0, not 2, 4, 6 or 8
            3  | 0.1   | a filter of order 3, not 2, 4, 6 or 8
            10 | 0.1   | a filter of order 10, not 2, 4, 6 or 8
            2  | 0.001 | a filter whose cutoff is 0.001 of the sample rate, not 0.002 to 0.49
            2  | 0.5   | a filter whose cutoff is 0.5 of the sample rate, not 0.002 to 0.49
            2  | NaN   | a filter whose cutoff is NaN of the sample rate, not 0.002 to 0.49
            """)
    void othersAreRefused(int order, float cutoff, String message) {
        assertThatThrownBy(() -> new Butterworth(false, order, cutoff))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
