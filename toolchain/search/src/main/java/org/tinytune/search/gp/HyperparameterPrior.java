package org.tinytune.search.gp;

/**
 * Weak log-normal priors, which decide as long as there are few observations.
 *
 * <p>The lengthscales' prior grows with √d, the typical distance of two points of the cube: without that, a function of
 * many parameters looks like noise, and the search is random. The noise's prior prefers little noise; the signal's is
 * centred on the variance of standardised observations.
 *
 * <p>Source, but for the signal's prior: Hvarfner, Hellsten, Nardi, Vanilla Bayesian optimization performs great in
 * high dimensions, ICML 2024 (LogNormal(√2 + log(d)/2, √3)); LogNormal(−4, 1) for the noise as BoTorch uses it with
 * them. Checked by: LogPosteriorTest.
 */
final class HyperparameterPrior {
    private static final double LENGTHSCALE_LOCATION = 1.414;
    private static final double LENGTHSCALE_VARIANCE = 3;
    private static final double SIGNAL_LOCATION = 0;
    private static final double SIGNAL_VARIANCE = 0.25;
    private static final double NOISE_LOCATION = -4;
    private static final double NOISE_VARIANCE = 1;

    private HyperparameterPrior() {}

    /**
     * The logarithm of the density of the hyperparameters, up to a constant.
     *
     * @param theta [d + 2], logarithms of the hyperparameters
     * @param gradient [d + 2], to which the derivatives by theta are added, times {@code factor}
     */
    static double logDensity(double[] theta, double[] gradient, double factor) {
        int d = theta.length - 2;
        double lengthscaleLocation = LENGTHSCALE_LOCATION + StrictMath.log(d) / 2;
        double sum = 0;
        for (int j = 0; j < d; j++) {
            sum += logNormal(theta, j, lengthscaleLocation, LENGTHSCALE_VARIANCE, gradient, factor);
        }
        sum += logNormal(theta, d, SIGNAL_LOCATION, SIGNAL_VARIANCE, gradient, factor);
        return sum + logNormal(theta, d + 1, NOISE_LOCATION, NOISE_VARIANCE, gradient, factor);
    }

    private static double logNormal(
            double[] theta, int index, double location, double variance, double[] gradient, double factor) {
        double offset = theta[index] - location;
        gradient[index] += factor * (-1 - offset / variance);
        return -theta[index] - offset * offset / (2 * variance);
    }
}
