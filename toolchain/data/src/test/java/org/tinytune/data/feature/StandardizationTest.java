package org.tinytune.data.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class StandardizationTest {
    private static double step(Standardization s, int feature) {
        return StrictMath.scalb((double) s.factors()[feature], -s.shift());
    }

    @Test
    void aDeviationIsThirtyTwoSteps() {
        Standardization s = Standardization.of(new double[] {-7.4, 120.6}, new double[] {3, 1000});

        assertThat(s.means()).containsExactly(-7, 121);
        assertThat(step(s, 0)).isCloseTo(32 / 3.0, within(1e-3));
        assertThat(step(s, 1)).isCloseTo(32 / 1000.0, within(32 / 1000.0 / 100));
    }

    @Test
    void whatIsAlwaysTheSameHasAFactorOf0() {
        Standardization s = Standardization.of(new double[] {5, 5}, new double[] {0, 4});
        assertThat(s.factors()[0]).isZero();
        assertThat(step(s, 1)).isCloseTo(8, within(1e-3));
        assertThat(Standardization.of(new double[] {5}, new double[] {0}).factors())
                .containsExactly(0);
    }

    @Test
    void whatHardlyVariesDoesNotCoarsenTheOthers() {
        Standardization s = Standardization.of(new double[2], new double[] {1e-3, 10_000});
        assertThat(step(s, 1)).isCloseTo(32 / 10_000.0, within(32 / 10_000.0 / 100));
    }

    @Test
    void theSmallestFactorHasFifteenBits() {
        Standardization s = Standardization.of(new double[1], new double[] {32_000});
        assertThat(s.shift()).isEqualTo(24);
        assertThat(s.factors()).containsExactly(16_777);
        assertThat(step(s, 0)).isCloseTo(0.001, within(1e-6));
    }
}
