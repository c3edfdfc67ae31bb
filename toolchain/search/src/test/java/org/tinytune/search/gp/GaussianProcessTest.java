package org.tinytune.search.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.tinytune.search.gp.GaussianProcess.Prediction;

class GaussianProcessTest {
    private static final Geometry LINE = new Geometry(true);
    private static final Geometry SQUARE = new Geometry(true, true);

    /** Two observations, 2 by 2 matrices inverted by hand; their mean 3 and deviation 2 go in and out. */
    @Test
    void agreesWithTheFormulasForTwoObservations() {
        Hyperparameters hyper = new Hyperparameters(new double[] {0.5}, 1.5, 0.1);
        double[][] points = {{0.2}, {0.7}};
        GaussianProcess process = new GaussianProcess(LINE, hyper, points, new double[] {5, 1});
        double diagonal = 1.5 + 0.1 + LogPosterior.JITTER;
        double off = 1.5 * Matern52.correlation(1);
        double determinant = diagonal * diagonal - off * off;
        double x = 0.4;
        double toFirst = 1.5 * Matern52.correlation(0.16);
        double toSecond = 1.5 * Matern52.correlation(0.36);
        double mean = (toFirst * (diagonal + off) - toSecond * (diagonal + off)) / determinant;
        double explained =
                (diagonal * (toFirst * toFirst + toSecond * toSecond) - 2 * off * toFirst * toSecond) / determinant;

        Prediction prediction = process.predict(new double[] {x});

        assertThat(prediction.mean()).isCloseTo(3 + 2 * mean, within(1e-12));
        assertThat(prediction.deviation()).isCloseTo(2 * Math.sqrt(1.5 - explained), within(1e-12));
    }

    @Test
    void interpolatesASmoothFunction() {
        double[][] points = grid(15);
        double[] values = values(points, GaussianProcessTest::wave);
        GaussianProcess process = GaussianProcess.fit(LINE, points, values);
        for (double[] point : points) {
            assertThat(process.predict(point).mean()).isCloseTo(wave(point), within(0.05));
        }
        for (double x = 0.03; x < 1; x += 0.1) {
            assertThat(process.predict(new double[] {x}).mean()).as("at %s", x).isCloseTo(wave(x), within(0.2));
        }
    }

    @Test
    void isSurerNearTheData() {
        double[][] points = {{0.1}, {0.15}, {0.2}, {0.25}, {0.3}, {0.35}};
        GaussianProcess process = GaussianProcess.fit(LINE, points, values(points, GaussianProcessTest::wave));
        double before = 0;
        for (double x : new double[] {0.225, 0.4, 0.5, 0.7, 1}) {
            double deviation = process.predict(new double[] {x}).deviation();
            assertThat(deviation).as("at %s", x).isGreaterThan(before);
            before = deviation;
        }
    }

    /** Far from all data a prediction is the prior: the observations' mean, and the signal's deviation. */
    @Test
    void fallsBackToThePriorFarAway() {
        Hyperparameters hyper = new Hyperparameters(new double[] {0.001}, 0.49, 0.01);
        GaussianProcess process = new GaussianProcess(LINE, hyper, new double[][] {{0}, {0.1}}, new double[] {10, 30});
        Prediction prediction = process.predict(new double[] {0.9});
        assertThat(prediction.mean()).isCloseTo(20, within(1e-9));
        assertThat(prediction.deviation()).isCloseTo(10 * 0.7, within(1e-9));
    }

    /** What is learned of an axis that does not matter: moving along it does not. */
    @Test
    void givesAnIrrelevantDimensionALongLengthscale() {
        for (long seed = 1; seed <= 5; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            double[][] points = new double[40][];
            for (int i = 0; i < points.length; i++) {
                points[i] = new double[] {random.nextDouble(), random.nextDouble()};
            }
            GaussianProcess process = GaussianProcess.fit(SQUARE, points, values(points, GaussianProcessTest::wave));
            double across = 0;
            double along = 0;
            for (double x = 0; x <= 1; x += 0.1) {
                across = Math.max(across, difference(process, x, 0.2, x, 0.8));
                along = Math.max(along, difference(process, 0.2, x, 0.7, x));
            }
            double[] lengthscales = process.hyperparameters().lengthscales();
            assertThat(lengthscales[1]).as("seed %d", seed).isGreaterThan(5 * lengthscales[0]);
            assertThat(across).as("seed %d", seed).isLessThan(0.1 * along);
        }
    }

    private static double difference(GaussianProcess process, double x0, double x1, double y0, double y1) {
        double here = process.predict(new double[] {x0, x1}).mean();
        return Math.abs(here - process.predict(new double[] {y0, y1}).mean());
    }

    /** The same function plus noise: the noise is taken for noise, and smoothed. */
    @Test
    void learnsHowNoisyTheObservationsAre() {
        SplittableRandom random = new SplittableRandom(8);
        double[][] points = grid(60);
        double[] exact = values(points, GaussianProcessTest::wave);
        double[] noisy = new double[exact.length];
        for (int i = 0; i < noisy.length; i++) {
            noisy[i] = exact[i] + (random.nextDouble() - 0.5) * 2; // variance 1/3; of the wave 1/2
        }
        double noiseOfExact =
                GaussianProcess.fit(LINE, points, exact).hyperparameters().noiseVariance();
        GaussianProcess process = GaussianProcess.fit(LINE, points, noisy);
        assertThat(process.hyperparameters().noiseVariance()).isBetween(0.2, 0.6);
        assertThat(noiseOfExact).isLessThan(0.02);
        for (double[] point : points) {
            assertThat(process.predict(point).mean()).isCloseTo(wave(point), within(0.7));
        }
    }

    @Test
    void pendingPointsLowerTheVarianceAndLeaveTheMean() {
        double[][] points = {{0.1}, {0.3}, {0.5}, {0.9}};
        GaussianProcess process = GaussianProcess.fit(LINE, points, values(points, GaussianProcessTest::wave));
        GaussianProcess believer = process.withPending(new double[][] {{0.7}, {0.72}});
        for (double x = 0; x <= 1; x += 0.05) {
            Prediction before = process.predict(new double[] {x});
            Prediction after = believer.predict(new double[] {x});
            assertThat(after.mean()).as("at %s", x).isEqualTo(before.mean());
            assertThat(after.deviation()).as("at %s", x).isLessThanOrEqualTo(before.deviation());
        }
        double there = process.predict(new double[] {0.7}).deviation();
        assertThat(believer.predict(new double[] {0.7}).deviation()).isLessThan(0.7 * there);
        assertThat(process.withPending(new double[0][])
                        .predict(new double[] {0.7})
                        .deviation())
                .isEqualTo(there);
    }

    @Test
    void pendingPointsAddUp() {
        double[][] points = {{0.1}, {0.9}};
        GaussianProcess process = GaussianProcess.fit(LINE, points, new double[] {1, 2});
        GaussianProcess atOnce = process.withPending(new double[][] {{0.3}, {0.6}});
        GaussianProcess oneByOne = process.withPending(new double[][] {{0.3}}).withPending(new double[][] {{0.6}});
        assertThat(oneByOne.predict(new double[] {0.3})).isEqualTo(atOnce.predict(new double[] {0.3}));
    }

    /** An observed point that is pending again, or twice: nothing new, and nothing singular. */
    @Test
    void toleratesPendingDuplicates() {
        double[][] points = {{0.2}, {0.8}};
        GaussianProcess process = GaussianProcess.fit(LINE, points, new double[] {0, 1});
        Prediction prediction =
                process.withPending(new double[][] {{0.2}, {0.2}, {0.2}}).predict(new double[] {0.2});
        assertThat(prediction.deviation())
                .isPositive()
                .isLessThan(process.predict(new double[] {0.2}).deviation());
    }

    /** Three times 0.1 has a mean that is not 0.1: the rounding error is no variance. */
    @Test
    void constantValuesHaveTheDeviationOfThePrior() {
        for (double constant : new double[] {0, 0.1, -0.3, 1e9 / 3, 1e-20 / 3}) {
            for (int n = 1; n <= 9; n++) {
                double[] values = new double[n];
                Arrays.fill(values, constant);
                double[][] points = grid(n);
                GaussianProcess process = GaussianProcess.fit(LINE, points, values);
                Prediction prediction = process.predict(new double[] {0.77});
                assertThat(prediction.mean())
                        .as("%d times %s", n, constant)
                        .isCloseTo(constant, within(1e-9 * Math.abs(constant)));
                assertThat(prediction.deviation())
                        .as("%d times %s", n, constant)
                        .isBetween(1e-3, 2.0);
            }
        }
    }

    @Test
    void scalesWithTheUnitOfTheValues() {
        double[][] points = grid(9);
        double[] values = values(points, GaussianProcessTest::wave);
        double[] scaled = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            scaled[i] = 1e6 * values[i] + 3e6;
        }
        Prediction one = GaussianProcess.fit(LINE, points, values).predict(new double[] {0.63});
        Prediction other = GaussianProcess.fit(LINE, points, scaled).predict(new double[] {0.63});
        assertThat(other.mean()).isCloseTo(1e6 * one.mean() + 3e6, within(1.0));
        assertThat(other.deviation()).isCloseTo(1e6 * one.deviation(), within(1.0));
    }

    @Test
    void averagesDuplicatePoints() {
        double[][] points = {{0.5}, {0.5}, {0.5}, {0.5}, {0.1}, {0.9}};
        double[] values = {1, 1.2, 0.8, 1, 0, 0};
        Prediction prediction = GaussianProcess.fit(LINE, points, values).predict(new double[] {0.5});
        assertThat(prediction.mean()).isCloseTo(1, within(0.2));
        assertThat(prediction.deviation()).isLessThan(0.4);
    }

    @Test
    void fitsOneObservation() {
        Prediction prediction = GaussianProcess.fit(LINE, new double[][] {{0.5}}, new double[] {7})
                .predict(new double[] {0.1});
        assertThat(prediction.mean()).isCloseTo(7, within(1e-12));
        assertThat(prediction.deviation()).isPositive();
    }

    @Test
    void fitsTwoObservations() {
        GaussianProcess process = GaussianProcess.fit(LINE, new double[][] {{0.2}, {0.8}}, new double[] {0, 10});
        assertThat(process.predict(new double[] {0.2}).mean()).isLessThan(4);
        assertThat(process.predict(new double[] {0.8}).mean()).isGreaterThan(6);
        assertThat(process.predict(new double[] {0.5}).mean()).isCloseTo(5, within(1e-9));
    }

    private static double[][] grid(int n) {
        double[][] points = new double[n][];
        for (int i = 0; i < n; i++) {
            points[i] = new double[] {(i + 0.5) / n};
        }
        return points;
    }

    private static double[] values(double[][] points, ToDoubleFunction<double[]> function) {
        double[] values = new double[points.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = function.applyAsDouble(points[i]);
        }
        return values;
    }

    /** Of the first coordinate only. */
    private static double wave(double... point) {
        return Math.sin(2 * Math.PI * point[0]);
    }
}
