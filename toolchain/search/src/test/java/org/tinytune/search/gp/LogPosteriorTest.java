package org.tinytune.search.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogPosteriorTest {

    /** One observation: y ~ N(0, s² + n² + jitter), and the priors, written out. */
    @Test
    void isTheNegativeLogarithmOfLikelihoodTimesPrior() {
        double length = 0.7;
        double signal = 1.3;
        double noise = 0.02;
        double y = 0.4;
        LogPosterior posterior = new LogPosterior(new Geometry(true), new double[][] {{0.5}}, new double[] {y});
        double variance = signal + noise + LogPosterior.JITTER;
        double likelihood = -y * y / (2 * variance) - Math.log(2 * Math.PI * variance) / 2;
        double prior = logNormal(length, Math.sqrt(2), 3) + logNormal(signal, 0, 0.25) + logNormal(noise, -4, 1);

        double value = posterior.value(theta(length, signal, noise), new double[3]);

        // The prior lacks its constants, and takes √2 for 1.414.
        double constants = -(Math.log(2 * Math.PI) * 3 + Math.log(3 * 0.25 * 1)) / 2;
        assertThat(value).isCloseTo(-(likelihood + prior - constants), within(1e-3));
    }

    private static double logNormal(double x, double location, double variance) {
        double offset = Math.log(x) - location;
        return -Math.log(x) - Math.log(2 * Math.PI * variance) / 2 - offset * offset / (2 * variance);
    }

    /** Two points that know nothing of each other, as their distance is many lengthscales: likelihoods multiply. */
    @Test
    void factorsForDistantPoints() {
        double[] theta = theta(0.001, 1, 0.1);
        Geometry geometry = new Geometry(true);
        double[] ignored = new double[3];
        double one = new LogPosterior(geometry, new double[][] {{0}}, new double[] {0.3}).value(theta, ignored);
        double other = new LogPosterior(geometry, new double[][] {{1}}, new double[] {-1}).value(theta, ignored);
        double both =
                new LogPosterior(geometry, new double[][] {{0}, {1}}, new double[] {0.3, -1}).value(theta, ignored);
        double prior = -HyperparameterPrior.logDensity(theta, ignored, 1);
        assertThat(both - prior).isCloseTo(one - prior + other - prior, within(1e-12));
    }

    @Test
    void priorGrowsWithTheDimension() {
        assertThat(lengthscaleAtMode(4)).isCloseTo(2 * lengthscaleAtMode(1), within(1e-6));
        assertThat(lengthscaleAtMode(25)).isCloseTo(5 * lengthscaleAtMode(1), within(1e-6));
    }

    /** Where the prior's derivative vanishes, by bisection. */
    private static double lengthscaleAtMode(int d) {
        double low = -10;
        double high = 10;
        for (int i = 0; i < 60; i++) {
            double middle = (low + high) / 2;
            double[] theta = new double[d + 2];
            theta[0] = middle;
            double[] gradient = new double[d + 2];
            HyperparameterPrior.logDensity(theta, gradient, 1);
            if (gradient[0] > 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return Math.exp(low);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "2, 3, 2", "15, 2, 3", "30, 6, 4", "12, 4, 5"})
    void hasTheGradientOfCentralDifferences(int n, int d, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        boolean[] ordered = new boolean[d];
        for (int j = 0; j < d; j++) {
            ordered[j] = j != 1;
        }
        double[][] points = new double[n][d];
        for (double[] point : points) {
            for (int j = 0; j < d; j++) {
                point[j] = ordered[j] ? random.nextDouble() : (random.nextInt(3) + 0.5) / 3;
            }
        }
        points[n - 1] = points[0].clone();
        LogPosterior posterior = new LogPosterior(
                new Geometry(ordered), points, random.doubles(n, -2, 2).toArray());
        double[] theta = new double[d + 2];
        for (int j = 0; j < d; j++) {
            theta[j] = -1 + 2 * random.nextDouble();
        }
        theta[d] = random.nextDouble() - 0.5;
        theta[d + 1] = -3 + random.nextDouble();
        double[] gradient = new double[d + 2];
        posterior.value(theta, gradient);

        for (int j = 0; j < theta.length; j++) {
            double h = 1e-5;
            double difference = (at(posterior, theta, j, h) - at(posterior, theta, j, -h)) / (2 * h);
            assertThat(gradient[j])
                    .as("component %d of %d, seed %d", j, theta.length, seed)
                    .isCloseTo(difference, within(1e-6 * Math.max(1, Math.abs(difference))));
        }
    }

    private static double at(LogPosterior posterior, double[] theta, int j, double h) {
        double[] moved = theta.clone();
        moved[j] += h;
        return posterior.value(moved, new double[theta.length]);
    }

    private static double[] theta(double length, double signal, double noise) {
        return new double[] {Math.log(length), Math.log(signal), Math.log(noise)};
    }
}
