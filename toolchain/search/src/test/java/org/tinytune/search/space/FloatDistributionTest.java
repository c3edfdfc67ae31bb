package org.tinytune.search.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FloatDistributionTest {

    @Test
    void equalStepsAreEqualDifferencesOrEqualRatios() {
        FloatDistribution uniform = FloatDistribution.uniform(-2, 6);
        assertThat(uniform.decode(0.25)).isEqualTo(0);
        assertThat(uniform.encode(4.0)).isEqualTo(0.75);
        FloatDistribution log = FloatDistribution.log(1e-4, 1);
        assertThat(log.decode(0.5)).isCloseTo(1e-2, within(1e-16));
        assertThat(log.encode(1e-3)).isCloseTo(0.25, within(1e-15));
    }

    @Test
    void endsAreExact() {
        for (double[] bounds : new double[][] {{0.1, 0.3}, {1e-5, 0.7}, {3e-7, 123.456}}) {
            for (boolean log : new boolean[] {false, true}) {
                FloatDistribution distribution = new FloatDistribution(bounds[0], bounds[1], log);
                assertThat(distribution.decode(0)).isCloseTo(bounds[0], within(bounds[0] * 1e-14));
                assertThat(distribution.decode(1)).isCloseTo(bounds[1], within(bounds[1] * 1e-14));
                assertThat(distribution.encode(bounds[0])).isZero();
                assertThat(distribution.encode(bounds[1])).isEqualTo(1);
                assertThat(distribution.contains(Math.nextDown(bounds[0]))).isFalse();
                assertThat(distribution.contains(Math.nextUp(bounds[1]))).isFalse();
            }
        }
    }

    @Test
    void refusesWhatHoldsNoValues() {
        assertThatThrownBy(() -> FloatDistribution.uniform(1, 0)).hasMessageContaining("float [1.0, 0.0]");
        assertThatThrownBy(() -> FloatDistribution.uniform(Double.NaN, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FloatDistribution.uniform(0, Double.POSITIVE_INFINITY))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FloatDistribution.log(0, 1)).hasMessageContaining("log");
    }

    /** The width of this range is no double; half of all its coordinates would give its upper end. */
    @Test
    void refusesARangeWiderThanAnyNumber() {
        assertThatThrownBy(() -> FloatDistribution.uniform(-1e308, 1e308))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("float [-1.0E308, 1.0E308]");
    }

    @Test
    void integersAreNotFloats() {
        assertThat(FloatDistribution.uniform(0, 1).contains(1)).isFalse();
        assertThat(FloatDistribution.uniform(0, 1).contains(1.0)).isTrue();
    }
}
