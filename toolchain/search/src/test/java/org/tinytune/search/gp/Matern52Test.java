package org.tinytune.search.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class Matern52Test {

    @Test
    void isOneWhereTwoPointsCoincide() {
        assertThat(Matern52.correlation(0)).isEqualTo(1);
        assertThat(Matern52.slope(0, 1)).isEqualTo(5.0 / 3);
    }

    /** k(1) = (1 + √5 + 5/3) e^−√5. */
    @Test
    void agreesWithTheFormula() {
        assertThat(Matern52.correlation(1)).isCloseTo(0.5239941088318203, within(1e-14));
        double r = 0.37;
        double expected = (1 + Math.sqrt(5) * r + 5.0 / 3 * r * r) * Math.exp(-Math.sqrt(5) * r);
        assertThat(Matern52.correlation(r * r)).isCloseTo(expected, within(1e-15));
    }

    @Test
    void fallsToZero() {
        double before = 1;
        for (double squared = 0.01; squared < 100; squared *= 1.3) {
            double correlation = Matern52.correlation(squared);
            assertThat(correlation).as("at r² = %s", squared).isPositive().isLessThan(before);
            before = correlation;
        }
        assertThat(Matern52.correlation(1e6)).isZero();
        assertThat(Matern52.slope(1e6, 0)).isZero();
    }

    @Test
    void hasTheSlopeOfCentralDifferences() {
        for (double squared : new double[] {0.001, 0.1, 1, 4, 25}) {
            double h = squared * 1e-5;
            double difference = (Matern52.correlation(squared + h) - Matern52.correlation(squared - h)) / (2 * h);
            assertThat(Matern52.slope(squared, Matern52.correlation(squared)))
                    .as("at r² = %s", squared)
                    .isCloseTo(-2 * difference, within(1e-8 * Math.abs(difference) + 1e-10));
        }
    }
}
