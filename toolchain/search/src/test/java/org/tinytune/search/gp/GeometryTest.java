package org.tinytune.search.gp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GeometryTest {
    private final Geometry geometry = new Geometry(true, false, true);

    @Test
    void categoriesAreEquallyFarApart() {
        double[] weights = {0, 1, 0};
        assertThat(geometry.squaredDistance(new double[] {0, 0.1, 0}, new double[] {1, 0.9, 1}, weights))
                .isEqualTo(1);
        assertThat(geometry.squaredDistance(new double[] {0, 0.1, 0}, new double[] {1, 0.3, 1}, weights))
                .isEqualTo(1);
        assertThat(geometry.squaredDistance(new double[] {0, 0.1, 0}, new double[] {1, 0.1, 1}, weights))
                .isZero();
    }

    @Test
    void weighsEachAxisByItsLengthscale() {
        double[] weights = Geometry.weights(new double[] {0.5, 1, 2});
        assertThat(weights).containsExactly(4, 1, 0.25);
        assertThat(geometry.squaredDistance(new double[] {0, 0, 0}, new double[] {0.5, 0.5, 1}, weights))
                .isEqualTo(4 * 0.25 + 1 + 0.25);
    }

    @Test
    void writesSquaredDifferencesAtTheOffset() {
        double[] out = {-1, -1, -1, -1, -1};
        geometry.squaredDifferences(new double[] {0.5, 0.2, 0}, new double[] {0.25, 0.4, 1}, out, 1);
        assertThat(out).containsExactly(-1, 0.0625, 1, 1, -1);
    }
}
