package org.tinytune.search.gp;

/**
 * The Matérn kernel with ν = 5/2: twice differentiable, not smoother.
 *
 * <p>{@code k(r) = (1 + √5 r + 5/3 r²) exp(−√5 r)}, of signal variance 1, where {@code r² = Σ (Δ_j / ℓ_j)²}.
 *
 * <p>Source: Rasmussen and Williams 2006, equation 4.17. Checked by: Matern52Test.
 */
final class Matern52 {
    private static final double SQRT5 = StrictMath.sqrt(5);

    private Matern52() {}

    /**
     * The correlation of two points.
     *
     * @param squaredDistance r², at least 0
     * @return in (0, 1]
     */
    static double correlation(double squaredDistance) {
        double s = SQRT5 * Math.sqrt(squaredDistance);
        return (1 + s + s * s / 3) * StrictMath.exp(-s);
    }

    /**
     * The derivative {@code −2 dk/d(r²) = 5/3 (1 + √5 r) exp(−√5 r)}, finite at 0. Then {@code dk/d(log ℓ_j) = slope ·
     * (Δ_j / ℓ_j)²}.
     *
     * @param squaredDistance r², at least 0
     * @param correlation of that distance, which holds the exponential already
     */
    static double slope(double squaredDistance, double correlation) {
        double s = SQRT5 * Math.sqrt(squaredDistance);
        return 5.0 / 3 * (1 + s) / (1 + s + s * s / 3) * correlation;
    }
}
