package org.tinytune.train.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.tinytune.core.TinytuneException;
import org.tinytune.train.range.RealRange;

class CalibrationMethodsTest {
    private static final int VALUES = 10_000;

    /** Evenly from -1 to 3, but for a few at -5 and a few at 11. */
    private static Histogram outliers(int below, int above) {
        float[] values = new float[VALUES];
        for (int i = 0; i < VALUES; i++) {
            values[i] = i < below ? -5 : i < below + above ? 11 : -1 + 4f * i / (VALUES - 1);
        }
        return histogram(values);
    }

    private static Histogram histogram(float... values) {
        Histogram histogram = new Histogram();
        histogram.widen(values, 0, values.length);
        histogram.count(values, 0, values.length);
        return histogram;
    }

    /** To within a bin, which is a 1024th of 16. */
    private static void assertRange(RealRange range, float min, float max) {
        assertThat(range.min()).isCloseTo(min, Offset.offset(0.02f));
        assertThat(range.max()).isCloseTo(max, Offset.offset(0.02f));
    }

    @Test
    void minMaxKeepsEveryOutlier() {
        assertThat(new MinMax().range(outliers(1, 1))).isEqualTo(new RealRange(-5, 11));
    }

    @Test
    void aPercentileLeavesOutItsShareAtEachEnd() {
        // 0.1 % of 10000 are 10 values.
        assertRange(new Percentile(99.9).range(outliers(10, 10)), -1, 3);
        assertRange(new Percentile(99.9).range(outliers(10, 11)), -1, 11);
        assertRange(new Percentile(99.9).range(outliers(11, 10)), -5, 3);
        // 5 % of the values are the outermost 0.2 at each end.
        assertRange(new Percentile(95).range(outliers(0, 1)), -0.8f, 2.8f);
    }

    @Test
    void allOfThePercentsAreMinMax() {
        assertThat(new Percentile(100).range(outliers(3, 4))).isEqualTo(new RealRange(-5, 11));
    }

    @Test
    void aReluLeavesTheLowerEndAtZero() {
        float[] values = new float[VALUES];
        for (int i = 0; i < VALUES / 2; i++) {
            values[i] = 2f * i / VALUES;
        }
        assertThat(new Percentile(99).range(histogram(values)).min()).isEqualTo(0);
        assertThat(new Percentile(99).range(histogram(values)).max()).isCloseTo(0.98f, Offset.offset(0.003f));
    }

    /** One value in 10000 at 11: cutting off 8 costs 64 / 10000, while steps of 1/64 rather than 1/21 cost nothing. */
    @Test
    void theLeastErrorKeepsAnOutlierThatCostsMoreThanItsSteps() {
        assertThat(new LeastSquaredError().range(outliers(0, 1)).max()).isGreaterThan(10);
    }

    @Test
    void valuesThatAreAllTheSameHaveARange() {
        for (CalibrationMethod method : CalibrationMethods.ALL.entries().values()) {
            assertThat(method.range(histogram(0, 0, 0)).int8().scale()).isPositive();
            assertThat(method.range(histogram(2, 2, 2)).max()).isCloseTo(2, Offset.offset(0.01f));
        }
    }

    @Test
    void methodsHaveNamesAndSettings() {
        assertThat(CalibrationMethods.ALL.names()).containsExactly("mse", "min-max", "percentile");
        assertThat(CalibrationMethods.ALL.get("percentile")).isEqualTo(new Percentile(99.99));
        assertThat(CalibrationMethods.ALL.get("percentile", Map.of("percent", 99)))
                .isEqualTo(new Percentile(99));
        assertThatThrownBy(() -> new Percentile(50))
                .isInstanceOf(TinytuneException.class)
                .hasMessage("percentile 50.0: give more than 50, at most 100");
        assertThatThrownBy(() -> new Percentile(Double.NaN)).isInstanceOf(TinytuneException.class);
    }
}
