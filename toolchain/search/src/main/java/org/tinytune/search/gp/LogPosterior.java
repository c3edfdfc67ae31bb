package org.tinytune.search.gp;

import org.ejml.data.DMatrixRMaj;

/**
 * How badly hyperparameters explain the observations: the negative logarithm of marginal likelihood times prior.
 *
 * <p>{@code −log p(y | X, θ) = ½ yᵀK⁻¹y + ½ log det K + n/2 log 2π}, with the derivative {@code ½ tr((K⁻¹ − ααᵀ)
 * ∂K/∂θ_j)}.
 *
 * <p>Source: Rasmussen and Williams 2006, equations 5.8 and 5.9. Checked by: LogPosteriorTest.
 */
final class LogPosterior implements DifferentiableFunction {
    /** Keeps K positive definite where points coincide and the noise is tiny. */
    static final double JITTER = 1e-8;

    private static final double LOG_2PI = StrictMath.log(2 * StrictMath.PI);

    private final int n;
    private final int d;
    private final double[] y;
    /** (Δ_j)² of the pairs (1, 0), (2, 0), (2, 1), (3, 0) …, [n (n − 1) / 2][d]. */
    private final double[] differences;

    /**
     * @param geometry how far two points are apart along each axis
     * @param points [n][d]
     * @param y [n], standardised
     */
    LogPosterior(Geometry geometry, double[][] points, double[] y) {
        this.n = points.length;
        this.d = geometry.dimensions();
        this.y = y;
        this.differences = new double[n * (n - 1) / 2 * d];
        int offset = 0;
        for (int i = 1; i < n; i++) {
            for (int k = 0; k < i; k++) {
                geometry.squaredDifferences(points[i], points[k], differences, offset);
                offset += d;
            }
        }
    }

    @Override
    public double value(double[] theta, double[] gradient) {
        Hyperparameters hyper = Hyperparameters.fromLogarithms(theta);
        double[] weights = Geometry.weights(hyper.lengthscales());
        double[] correlations = new double[n * (n - 1) / 2];
        double[] slopes = new double[correlations.length];
        DMatrixRMaj covariance = new DMatrixRMaj(n, n);
        int pair = 0;
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < i; k++) {
                double squaredDistance = 0;
                for (int j = 0; j < d; j++) {
                    squaredDistance += differences[pair * d + j] * weights[j];
                }
                correlations[pair] = Matern52.correlation(squaredDistance);
                slopes[pair] = Matern52.slope(squaredDistance, correlations[pair]);
                covariance.set(i, k, hyper.signalVariance() * correlations[pair]);
                covariance.set(k, i, hyper.signalVariance() * correlations[pair]);
                pair++;
            }
            covariance.set(i, i, hyper.signalVariance() + hyper.noiseVariance() + JITTER);
        }
        CholeskyFactor factor = CholeskyFactor.of(covariance);
        if (factor == null) {
            return Double.POSITIVE_INFINITY;
        }
        double[] alpha = factor.solve(y);
        double fit = 0;
        for (int i = 0; i < n; i++) {
            fit += y[i] * alpha[i];
        }
        likelihoodGradient(hyper, weights, correlations, slopes, alpha, factor.inverse().data, gradient);
        return (fit + factor.logDeterminant() + n * LOG_2PI) / 2 - HyperparameterPrior.logDensity(theta, gradient, -1);
    }

    /** Writes ½ tr(Q ∂K/∂θ_j) with Q = K⁻¹ − ααᵀ; Q and K are symmetric, so half of them does. */
    private void likelihoodGradient(
            Hyperparameters hyper,
            double[] weights,
            double[] correlations,
            double[] slopes,
            double[] alpha,
            double[] inverse,
            double[] gradient) {
        double[] byAxis = new double[d];
        double trace = 0;
        double bySignal = 0;
        int pair = 0;
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < i; k++) {
                double q = inverse[i * n + k] - alpha[i] * alpha[k];
                double scaled = q * slopes[pair];
                for (int j = 0; j < d; j++) {
                    byAxis[j] += scaled * differences[pair * d + j];
                }
                bySignal += q * correlations[pair];
                pair++;
            }
            trace += inverse[i * n + i] - alpha[i] * alpha[i];
        }
        for (int j = 0; j < d; j++) {
            gradient[j] = hyper.signalVariance() * weights[j] * byAxis[j];
        }
        gradient[d] = hyper.signalVariance() * (bySignal + trace / 2);
        gradient[d + 1] = hyper.noiseVariance() * trace / 2;
    }
}
