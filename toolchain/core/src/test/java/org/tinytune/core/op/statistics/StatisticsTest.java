package org.tinytune.core.op.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.op.Frames;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.testing.BlockRun;
import org.tinytune.core.testing.RealMotionFeatures;

class StatisticsTest {
    /** Of what is rounded to whole readings, behind a root of 16 bits. */
    private static final double HALF_A_READING = 0.76;

    /** Of a ratio, beside half of its step: what 16 bits of deviations, squares and roots lose. */
    private static final double RELATIVE_ERROR = 4e-4;

    private static final double HALF_A_STEP = 0.51 / 256;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64, 125, 1000})
    void equalTheDefinition(int length) {
        SplittableRandom random = new SplittableRandom(length);
        for (int amplitude : new int[] {1, 2, 5, 30, 1000, 32_767}) {
            assertNear(length, i -> random.nextInt(-amplitude, amplitude + 1));
            assertNear(length, i -> 32_767 - random.nextInt(amplitude + 1));
            assertNear(length, i -> (int) (amplitude * StrictMath.sin(i * 0.3)) - amplitude / 3);
            assertNear(length, i -> (int) (amplitude * StrictMath.pow(random.nextDouble(), 4)));
            assertNear(length, i -> i % 2 == 0 ? amplitude : -amplitude);
            assertNear(length, i -> i == length / 2 ? amplitude : 0);
            assertNear(length, i -> i == length / 2 ? -32_768 : amplitude);
        }
        assertNear(length, i -> -32_768);
        assertNear(length, i -> 32_767);
        assertNear(length, i -> i % 2 == 0 ? -32_768 : 32_767);
        assertNear(length, i -> i < length / 2 ? -32_768 : 32_767);
    }

    @Test
    void equalTheDefinitionInTheLongestFrames() {
        SplittableRandom random = new SplittableRandom(5);
        assertNear(16_384, i -> random.nextInt(-32_768, 32_768));
        assertNear(16_384, i -> -32_768);
        assertNear(16_384, i -> random.nextInt(2));
        assertNear(16_384, i -> i == 77 ? 1 : 0);
    }

    private static void assertNear(int length, IntUnaryOperator reading) {
        short[] samples = new short[length];
        double[] frame = new double[length];
        for (int i = 0; i < length; i++) {
            samples[i] = (short) reading.applyAsInt(i);
            frame[i] = samples[i];
        }
        double[] actual = BlockRun.features(Statistics.INSTANCE, StatisticsParams.all(length), samples)[0];
        for (Statistic statistic : Statistic.values()) {
            double expected = RealMotionFeatures.statistic(statistic, frame);
            double value = StrictMath.scalb(actual[statistic.ordinal()], -statistic.fractionBits());
            boolean ratio = statistic.fractionBits() > 0;
            double saturated = ratio ? Math.max(-128, Math.min(127.996, expected)) : Math.min(32_767, expected);
            double error = ratio ? HALF_A_STEP + (3 + Math.abs(saturated)) * RELATIVE_ERROR : HALF_A_READING;
            assertThat(value).as("%s of %d", statistic, length).isCloseTo(saturated, within(error));
        }
    }

    @Test
    void whatIsConstantHasNoShape() {
        double[] actual = BlockRun.features(Statistics.INSTANCE, StatisticsParams.all(3), new short[] {-7, -7, -7})[0];
        assertThat(actual).containsExactly(-7, -7, -7, 7, 0, 0, 0, 0);
    }

    @Test
    void somethingOfEachFrame() {
        StatisticsParams params =
                new StatisticsParams(new Frames(2, 3), List.of(Statistic.CROSSINGS, Statistic.MEAN, Statistic.MEAN));
        double[][] actual = BlockRun.features(Statistics.INSTANCE, params, new short[] {1, 2, 9, 5, 5, 9, 0});
        assertThat(params.statistics()).containsExactly(Statistic.MEAN, Statistic.CROSSINGS);
        assertThat(actual).isDeepEqualTo(new double[][] {{2, 1}, {5, 0}});
    }

    @Test
    void axesAreOnTheirOwn() {
        Shape output = Statistics.INSTANCE.inferShape(
                new StatisticsParams(new Frames(50, 25), List.of(Statistic.values())), List.of(Shape.of(1, 125, 1, 3)));
        assertThat(output).isEqualTo(Shape.of(1, 4, 8, 3));
    }

    @Test
    void nothingAndFramesThatAreTooLongAreRefused() {
        assertThatThrownBy(() -> new StatisticsParams(Frames.single(10), List.of()))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage("no statistic to compute");
        assertThatThrownBy(() -> StatisticsParams.all(16_385))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage("statistics of 16385 samples, more than 16384: use shorter frames");
    }
}
