package org.tinytune.search.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CholeskyFactorTest {

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "7, 3", "40, 4", "150, 5"})
    void solvesAndInverts(int n, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] k = positiveDefinite(n, random);
        CholeskyFactor factor = CholeskyFactor.of(matrix(k));
        double[] b = random.doubles(n, -1, 1).toArray();
        double[] given = b.clone();

        double[] x = factor.solve(b);

        assertThat(b).as("solve leaves its argument alone").isEqualTo(given);
        assertThat(distance(times(k, x), b)).as("K x, seed %d", seed).isLessThan(1e-9);
        DMatrixRMaj inverse = factor.inverse();
        for (int i = 0; i < n; i++) {
            double[] column = new double[n];
            for (int j = 0; j < n; j++) {
                column[j] = inverse.get(j, i);
            }
            double[] unit = new double[n];
            unit[i] = 1;
            assertThat(distance(times(k, column), unit))
                    .as("column %d, seed %d", i, seed)
                    .isLessThan(1e-9);
        }
        assertThat(factor.solve(b)).as("after inverse()").isEqualTo(x);
    }

    /** |L⁻¹ b|² = bᵀ K⁻¹ b, for the whole matrix and for its leading part. */
    @Test
    void halfSolveGivesTheQuadraticForm() {
        double[][] k = positiveDefinite(12, new SplittableRandom(6));
        CholeskyFactor factor = CholeskyFactor.of(matrix(k));
        double[] b = new SplittableRandom(7).doubles(12, -1, 1).toArray();
        double expected = dot(b, factor.solve(b));

        double[] half = factor.halfSolve(b.clone());

        assertThat(dot(half, half)).isCloseTo(expected, within(1e-12));
        double[][] leading = new double[5][5];
        for (int i = 0; i < 5; i++) {
            System.arraycopy(k[i], 0, leading[i], 0, 5);
        }
        double[] first = Arrays.copyOf(b, 5);
        double ofLeading = dot(first, CholeskyFactor.of(matrix(leading)).solve(first));
        double[] firstHalf = Arrays.copyOf(half, 5);
        assertThat(dot(firstHalf, firstHalf)).isCloseTo(ofLeading, within(1e-12));
    }

    /** det [[4, 2], [2, 3]] = 8, and 2³⁰⁰⁰ is no double. */
    @Test
    void givesTheLogarithmOfTheDeterminant() {
        double[][] k = {{4, 2}, {2, 3}};
        assertThat(CholeskyFactor.of(matrix(k)).logDeterminant()).isCloseTo(Math.log(8), within(1e-15));
        double[][] large = new double[300][300];
        for (int i = 0; i < large.length; i++) {
            large[i][i] = 1024;
        }
        assertThat(CholeskyFactor.of(matrix(large)).logDeterminant()).isCloseTo(3000 * Math.log(2), within(1e-9));
    }

    /** Ones everywhere have rank 1; the jitter alone makes them regular. */
    @Test
    void factorizesWhatTheJitterMakesRegular() {
        int n = 60;
        double[][] k = new double[n][n];
        for (int i = 0; i < n; i++) {
            Arrays.fill(k[i], 1);
            k[i][i] += LogPosterior.JITTER;
        }
        CholeskyFactor factor = CholeskyFactor.of(matrix(k));
        double expected = Math.log(n + LogPosterior.JITTER) + (n - 1) * Math.log(LogPosterior.JITTER);
        assertThat(factor.logDeterminant()).isCloseTo(expected, within(1e-4));
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        assertThat(distance(times(k, factor.solve(ones)), ones)).isLessThan(1e-6);
    }

    @Test
    void refusesWhatIsNotPositiveDefinite() {
        assertThat(CholeskyFactor.of(matrix(new double[][] {{1, 2}, {2, 1}}))).isNull();
        assertThat(CholeskyFactor.of(matrix(new double[][] {{-1}}))).isNull();
        assertThat(CholeskyFactor.of(matrix(new double[][] {{0}}))).isNull();
        assertThat(CholeskyFactor.of(matrix(new double[][] {{1, 1}, {1, 1}}))).isNull();
    }

    /** A sum that is not a number is not below 0 either. */
    @Test
    void refusesWhatIsNotANumber() {
        assertThat(CholeskyFactor.of(matrix(new double[][] {{Double.NaN}}))).isNull();
        assertThat(CholeskyFactor.of(matrix(new double[][] {{1, Double.NaN}, {Double.NaN, 1}})))
                .isNull();
        assertThat(CholeskyFactor.of(matrix(new double[][] {{Double.POSITIVE_INFINITY}})))
                .isNull();
    }

    private static double[][] positiveDefinite(int n, SplittableRandom random) {
        double[][] a = new double[n][];
        for (int i = 0; i < n; i++) {
            a[i] = random.doubles(n, -1, 1).toArray();
        }
        double[][] k = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                k[i][j] = dot(a[i], a[j]) + (i == j ? 0.1 : 0);
            }
        }
        return k;
    }

    private static DMatrixRMaj matrix(double[][] rows) {
        return new DMatrixRMaj(rows);
    }

    private static double[] times(double[][] k, double[] x) {
        double[] product = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            product[i] = dot(k[i], x);
        }
        return product;
    }

    private static double distance(double[] a, double[] b) {
        double max = 0;
        for (int i = 0; i < a.length; i++) {
            max = Math.max(max, Math.abs(a[i] - b[i]));
        }
        return max;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
