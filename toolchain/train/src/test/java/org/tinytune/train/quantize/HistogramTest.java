package org.tinytune.train.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.tinytune.core.quant.Quantization;
import org.tinytune.train.range.RealRange;

class HistogramTest {
    private static final int VALUES = 20_000;

    private static float[] normal(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[VALUES];
        for (int i = 0; i < VALUES; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static RealRange leastError(float[] values) {
        Histogram histogram = new Histogram();
        histogram.widen(values, 0, values.length);
        histogram.count(values, 0, values.length);
        return histogram.leastError();
    }

    /** Nothing lies far out, so every cut costs more than finer steps give. */
    @Test
    void evenlySpreadValuesKeepTheirRange() {
        float[] values = new float[VALUES];
        for (int i = 0; i < VALUES; i++) {
            values[i] = -1 + 3f * i / (VALUES - 1);
        }
        assertThat(leastError(values)).isEqualTo(new RealRange(-1, 2));
    }

    /** No range that is a fixed part of the whole quantizes the values themselves noticeably better. */
    @Test
    void theErrorIsTheLeastThatScalingTheRangeCanGive() {
        for (long seed = 0; seed < 10; seed++) {
            float[] values = normal(seed);
            // Ever more and ever lonelier values far out.
            for (int i = 0; i < 1 + 10 * seed; i++) {
                values[i] = 4 + (1 + i) * 1.2f / (1 + seed);
            }
            float min = 0;
            float max = 0;
            for (float value : values) {
                min = Math.min(min, value);
                max = Math.max(max, value);
            }
            double least = Double.POSITIVE_INFINITY;
            for (double part = 0.25; part <= 1; part += 0.005) {
                least = Math.min(least, error(values, RealRange.of((float) (min * part), (float) (max * part))));
            }
            assertThat(error(values, leastError(values))).as("seed %d", seed).isLessThan(1.02 * least);
        }
    }

    /** One value of 16 among four million within 5: steps for all of it would cost more than cutting it off. */
    @Test
    void aLonelyValueIsCutOff() {
        float[] values = normal(1);
        for (int i = 0; i < VALUES; i++) {
            values[i] = Math.abs(values[i]);
        }
        float[] lonely = {16};
        Histogram histogram = new Histogram();
        histogram.widen(values, 0, VALUES);
        histogram.widen(lonely, 0, 1);
        histogram.count(lonely, 0, 1);
        assertThat(histogram.leastError().max()).isGreaterThan(15);
        for (int i = 0; i < 200; i++) {
            histogram.count(values, 0, VALUES);
        }
        assertThat(histogram.leastError().max()).isBetween(3f, 6f);
    }

    @Test
    void rangesThatDoNotHoldZeroAreWidenedToIt() {
        assertThat(leastError(new float[] {3, 4, 5}).min()).isEqualTo(0);
        assertThat(leastError(new float[] {-3, -4, -5}).max()).isEqualTo(0);
    }

    @Test
    void zerosHaveAScaleAboveZero() {
        Quantization quantization = leastError(new float[100]).int8();
        assertThat(quantization.scale()).isPositive();
        assertThat(quantization.dequantize(quantization.quantizeInt8(0))).isEqualTo(0);
    }

    @Test
    void onlyTheNamedValuesCount() {
        float[] values = {100, 1, 2, 100};
        Histogram histogram = new Histogram();
        histogram.widen(values, 1, 2);
        histogram.count(values, 1, 2);
        assertThat(histogram.leastError().max()).isCloseTo(2, Offset.offset(1e-6f));
    }

    private static double error(float[] values, RealRange range) {
        Quantization quantization = range.int8();
        double sum = 0;
        for (float value : values) {
            double distance = quantization.dequantize(quantization.quantizeInt8(value)) - value;
            sum += distance * distance;
        }
        return sum;
    }
}
