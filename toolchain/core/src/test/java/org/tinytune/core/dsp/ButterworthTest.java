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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytune.core.TinytuneException;
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
        assertThat(worst).isLessThan(usualError(filter));
    }

    /** In readings, of roundings that are as good as random: they add up the longer the nearer the poles are to 1. */
    private static double usualError(Butterworth filter) {
        return 0.05 + 1.4e-4 / square(distance(filter));
    }

    /** In readings, as documented. */
    private static double maxError(Butterworth filter) {
        return 0.05 + 1e-3 / square(distance(filter));
    }

    private static double distance(Butterworth filter) {
        return Math.min(filter.cutoff(), 0.5 - filter.cutoff());
    }

    private static double square(double x) {
        return x * x;
    }

    /**
     * Were every rounding at its worst: a product is off by half a unit and, its coefficient having 31 bits, by what
     * that makes of values of 2^28.2, and each of these errors lasts as long as the filter responds to an impulse.
     */
    @Test
    void noRoundingsAddUpToMoreThanIsDocumented() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 400; i++) {
            double distance = StrictMath.pow(10, random.nextDouble(-2.69, -0.61));
            float cutoff = (float) Math.max(Butterworth.MIN_CUTOFF, Math.min(0.25, distance));
            boolean high = random.nextBoolean() && cutoff > 0.5f - Butterworth.MAX_CUTOFF;
            Butterworth filter =
                    new Butterworth(random.nextBoolean(), 2 + 2 * random.nextInt(4), high ? 0.5f - cutoff : cutoff);
            assertThat(worstRoundings(filter)).as("%s", filter).isLessThan(maxError(filter));
        }
    }

    private static double worstRoundings(Butterworth filter) {
        double value = StrictMath.pow(2, 28.2 - 32);
        int length = (int) (20 / distance(filter));
        List<Biquad> sections = filter.sections();
        double units = 0;
        for (int s = 0; s < sections.size(); s++) {
            Biquad section = sections.get(s);
            double[] gained = impulse(length);
            double[] fedBack = impulse(length);
            respond(gained, section, 1);
            respond(fedBack, section, 0);
            for (Biquad later : sections.subList(s + 1, sections.size())) {
                double gain = StrictMath.scalb((double) later.gain(), -31);
                respond(gained, later, gain);
                respond(fedBack, later, gain);
            }
            units += (0.5 + value) * magnitude(gained) + (1 + 3 * value) * magnitude(fedBack);
        }
        return StrictMath.scalb(units, -Butterworth.FRACTION_BITS);
    }

    private static double[] impulse(int length) {
        double[] impulse = new double[length];
        impulse[0] = 1;
        return impulse;
    }

    private static double magnitude(double[] values) {
        return Arrays.stream(values).map(Math::abs).sum();
    }

    /** In place; without zeros if the gain is 0: what goes in comes as it is. */
    private static void respond(double[] values, Biquad section, double gain) {
        double feedback = StrictMath.scalb((double) section.halfFeedback(), -30);
        double damping = StrictMath.scalb((double) section.damping(), -31);
        double[] x = values.clone();
        for (int i = 0; i < x.length; i++) {
            double middle = section.highPass() ? -2 : 2;
            double in = gain == 0 ? x[i] : gain * (x[i] + middle * at(x, i - 1) + at(x, i - 2));
            values[i] = in - feedback * at(values, i - 1) - damping * at(values, i - 2);
        }
    }

    private static double at(double[] values, int i) {
        return i < 0 ? 0 : values[i];
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
                .isCloseTo(expected[LENGTH - 1], within(usualError(filter)));
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
                .isInstanceOf(TinytuneException.class)
                .hasMessage(message);
    }
}
