package org.tinytune.core.quant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FixedPointFunctionsTest {
    private static final double Q26 = 1 << 26;
    private static final double Q31 = 1L << 31;

    @Test
    void exponentialsAreCloseToTheRealOnesAndFallMonotonously() {
        int previous = Integer.MAX_VALUE;
        for (double x = 0; x > -31.9; x -= 0.0137) {
            int q = FixedPointFunctions.expOfNegative((int) (x * Q26));
            assertThat(q / Q31).as("exp(%s)", x).isCloseTo(StrictMath.exp(x), within(1e-6));
            assertThat(q).isBetween(0, previous);
            previous = q;
        }
    }

    @Test
    void theExponentialOfZeroIsTheGreatestFraction() {
        assertThat(FixedPointFunctions.expOfNegative(0)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void reciprocalsAreCloseToTheRealOnes() {
        for (double x = 0; x < 1; x += 0.00173) {
            int q = FixedPointFunctions.reciprocalOfOnePlus((int) (x * Q31));
            assertThat(q / Q31).as("1 / (1 + %s)", x).isCloseTo(1 / (1 + x), within(1e-8));
        }
    }

    @Test
    void reciprocalsReachBothEnds() {
        assertThat(FixedPointFunctions.reciprocalOfOnePlus(0) / Q31).isCloseTo(1, within(1e-8));
        assertThat(FixedPointFunctions.reciprocalOfOnePlus(Integer.MAX_VALUE) / Q31)
                .isCloseTo(0.5, within(1e-8));
    }
}
