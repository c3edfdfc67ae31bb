package org.tinytune.search.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NormalDistributionTest {
    private static final double RELATIVE = 1e-13;

    @ParameterizedTest
    @ValueSource(doubles = {-40, -12.5, -8, -5, -3, -2.500001, -2.5, -2.499999, -2, -1, -1e-9, 0, 1e-9, 0.5, 1, 3, 8})
    void agreesWithThePowerSeries(double z) {
        PreciseNormal precise = new PreciseNormal(z);
        assertClose(NormalDistribution.logDensity(z), precise.logDensity(), 1e-15);
        assertClose(NormalDistribution.logCumulative(z), precise.logCumulative(), RELATIVE);
        assertClose(NormalDistribution.logExpectedImprovement(z), precise.logExpectedImprovement(), RELATIVE);
    }

    /** Against values that are published everywhere, so that the oracle of the other test is tested too. */
    @Test
    void knowsTextbookValues() {
        assertThat(NormalDistribution.logCumulative(0)).isCloseTo(Math.log(0.5), within(1e-15));
        assertThat(Math.exp(NormalDistribution.logCumulative(1.959963984540054)))
                .isCloseTo(0.975, within(1e-14));
        assertThat(Math.exp(NormalDistribution.logCumulative(-1))).isCloseTo(0.15865525393145705, within(1e-15));
        assertThat(Math.exp(NormalDistribution.logExpectedImprovement(0)))
                .isCloseTo(1 / Math.sqrt(2 * Math.PI), within(1e-15));
    }

    @Test
    void staysFiniteFarOut() {
        for (double z : new double[] {-1e3, -1e8, -1e150}) {
            assertClose(NormalDistribution.logCumulative(z), -z * z / 2, 1e-4);
            assertClose(NormalDistribution.logExpectedImprovement(z), -z * z / 2, 1e-4);
        }
        assertThat(NormalDistribution.logCumulative(1e150)).isZero();
        assertThat(NormalDistribution.logExpectedImprovement(1e150)).isEqualTo(Math.log(1e150));
    }

    /** Also across the seams between one formula and the next: an acquisition function is compared, not read. */
    @Test
    void rises() {
        assertRises(NormalDistribution::logCumulative, -45, 8);
        assertRises(NormalDistribution::logExpectedImprovement, -45, 20);
    }

    private static void assertRises(DoubleUnaryOperator function, double from, double to) {
        double step = 1.0 / 1024;
        for (double z = from; z < to; z += step) {
            if (function.applyAsDouble(z + step) <= function.applyAsDouble(z)) {
                fail("does not rise after z = %s", z);
            }
        }
        for (double seam : new double[] {-2.5, 0}) {
            double below = function.applyAsDouble(Math.nextDown(seam));
            assertClose(below, function.applyAsDouble(seam), RELATIVE);
        }
    }

    private static void assertClose(double actual, double expected, double relative) {
        assertThat(actual).isCloseTo(expected, within(relative * Math.abs(expected)));
    }
}
