package org.tinytune.search.gp;

import org.ejml.data.DMatrixRMaj;

/**
 * A regression that knows how far it can be trusted: the posterior of a function given noisy observations of it.
 *
 * <p>Observations are standardised inside; all that goes in and comes out is in their own units.
 */
public final class GaussianProcess {
    private static final int MAX_ITERATIONS = 40;
    private static final double GRADIENT_TOLERANCE = 1e-2;
    /** The starts of the search for hyperparameters: lengthscale as a multiple of √d, noise variance. */
    private static final double[][] STARTS = {{0.5, 0.01}, {3, 0.1}};

    /** Below it the variance is rounding error. */
    private static final double MIN_VARIANCE = 1e-12;

    /** A deviation below it, relative to the mean, is that of equal values whose mean was rounded. */
    private static final double ROUNDING = 1e-13;

    private final Geometry geometry;
    private final Hyperparameters hyperparameters;
    private final double[] weights;
    /** The observed points, then the pending ones. */
    private final double[][] points;
    /** [n], of the observed points only. */
    private final double[] alpha;
    /** Of observed and pending points; its leading rows are the factor of the observed ones. */
    private final CholeskyFactor factor;

    private final Standardization standardization;

    /**
     * A value with the variance of its error.
     *
     * @param mean in the unit of the observations
     * @param deviation standard deviation, in the same unit, above 0
     */
    public record Prediction(double mean, double deviation) {}

    private record Standardization(double mean, double deviation) {
        static Standardization of(double[] values) {
            double sum = 0;
            for (double value : values) {
                sum += value;
            }
            double mean = sum / values.length;
            double squares = 0;
            for (double value : values) {
                squares += (value - mean) * (value - mean);
            }
            double deviation = Math.sqrt(squares / values.length);
            return new Standardization(mean, deviation > ROUNDING * Math.abs(mean) ? deviation : 1);
        }

        double[] apply(double[] values) {
            double[] standardised = new double[values.length];
            for (int i = 0; i < values.length; i++) {
                standardised[i] = (values[i] - mean) / deviation;
            }
            return standardised;
        }
    }

    GaussianProcess(Geometry geometry, Hyperparameters hyperparameters, double[][] points, double[] values) {
        this.geometry = geometry;
        this.hyperparameters = hyperparameters;
        this.weights = Geometry.weights(hyperparameters.lengthscales());
        this.points = points;
        this.standardization = Standardization.of(values);
        this.factor = factorize(points);
        this.alpha = factor.solve(standardization.apply(values));
    }

    private GaussianProcess(GaussianProcess observed, double[][] allPoints) {
        this.geometry = observed.geometry;
        this.hyperparameters = observed.hyperparameters;
        this.weights = observed.weights;
        this.points = allPoints;
        this.standardization = observed.standardization;
        this.factor = factorize(allPoints);
        this.alpha = observed.alpha;
    }

    /**
     * Fits the hyperparameters to observations, from several starts, and conditions on them.
     *
     * @param geometry of the points
     * @param points [n][d], in the unit cube, n at least 1
     * @param values [n], finite
     */
    public static GaussianProcess fit(Geometry geometry, double[][] points, double[] values) {
        LogPosterior posterior =
                new LogPosterior(geometry, points, Standardization.of(values).apply(values));
        Bfgs.Minimum best = null;
        for (double[] start : STARTS) {
            Bfgs.Minimum minimum = Bfgs.minimize(
                    posterior, startTheta(geometry.dimensions(), start), MAX_ITERATIONS, GRADIENT_TOLERANCE);
            if (best == null || minimum.value() < best.value()) {
                best = minimum;
            }
        }
        return new GaussianProcess(geometry, Hyperparameters.fromLogarithms(best.x()), points, values);
    }

    private static double[] startTheta(int d, double[] start) {
        double[] theta = new double[d + 2];
        for (int j = 0; j < d; j++) {
            theta[j] = StrictMath.log(start[0] * Math.sqrt(d));
        }
        theta[d + 1] = StrictMath.log(start[1]);
        return theta;
    }

    private CholeskyFactor factorize(double[][] all) {
        DMatrixRMaj covariance = new DMatrixRMaj(all.length, all.length);
        for (int i = 0; i < all.length; i++) {
            for (int k = 0; k < i; k++) {
                double value = covariance(all[i], all[k]);
                covariance.set(i, k, value);
                covariance.set(k, i, value);
            }
            covariance.set(
                    i, i, hyperparameters.signalVariance() + hyperparameters.noiseVariance() + LogPosterior.JITTER);
        }
        return CholeskyFactor.of(covariance);
    }

    private double covariance(double[] a, double[] b) {
        return hyperparameters.signalVariance() * Matern52.correlation(geometry.squaredDistance(a, b, weights));
    }

    /**
     * This process as if it had observed exactly its own mean at some points more ("kriging believer"): means stay as
     * they are, variances fall. So a proposal keeps away from where results are still to come, and no invented value
     * shifts the model or its best.
     *
     * <p>Source: Ginsbourger, Le Riche, Carraro, Kriging is well-suited to parallelize optimization, 2010.
     *
     * @param pending [m][d]
     */
    public GaussianProcess withPending(double[][] pending) {
        double[][] all = new double[points.length + pending.length][];
        System.arraycopy(points, 0, all, 0, points.length);
        System.arraycopy(pending, 0, all, points.length, pending.length);
        return new GaussianProcess(this, all);
    }

    /** What was fitted. */
    Hyperparameters hyperparameters() {
        return hyperparameters;
    }

    /** The function, without the noise of an observation, at a point [d]. */
    public Prediction predict(double[] point) {
        double[] covariances = new double[points.length];
        double mean = 0;
        for (int i = 0; i < points.length; i++) {
            covariances[i] = covariance(point, points[i]);
            if (i < alpha.length) {
                mean += covariances[i] * alpha[i];
            }
        }
        double variance = hyperparameters.signalVariance();
        for (double value : factor.halfSolve(covariances)) {
            variance -= value * value;
        }
        return new Prediction(
                standardization.mean + standardization.deviation * mean,
                standardization.deviation * Math.sqrt(Math.max(variance, MIN_VARIANCE)));
    }
}
