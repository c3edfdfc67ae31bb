package org.tinytune.train.data;

import java.util.SplittableRandom;

/**
 * Mixes samples of a batch in pairs: {@code λ · x + (1 - λ) · x'}, and their targets likewise. One share serves a whole
 * batch, as in the authors' code; it is the greater of λ and 1 - λ, so that a sample counts more than its partner,
 * which changes nothing where each sample is partner of another.
 *
 * <p>Source: Zhang et al., "mixup: Beyond Empirical Risk Minimization", ICLR 2018, section 2. Checked by: MixupTest.
 */
public final class Mixup {
    private Mixup() {}

    /**
     * Draws the share of a sample.
     *
     * @param alpha of the Beta(alpha, alpha) distribution, above 0; far below 1, samples are hardly mixed at all
     * @return in [0.5, 1]
     */
    public static double share(double alpha, SplittableRandom random) {
        double first = logGamma(alpha, random);
        double second = logGamma(alpha, random);
        // The greater one of x / (x + y) and y / (x + y), from the logarithms of x and y.
        return 1 / (1 + StrictMath.exp(-Math.abs(first - second)));
    }

    /**
     * The logarithm of a number from the Gamma(alpha) distribution: numbers themselves are too small for a double where
     * alpha is.
     *
     * <p>Source: Marsaglia and Tsang, "A Simple Method for Generating Gamma Variables", ACM TOMS 26(3), 2000, section 2
     * and, for alpha below 1, section 6.
     */
    private static double logGamma(double alpha, SplittableRandom random) {
        if (alpha < 1) {
            return logGamma(alpha + 1, random) + StrictMath.log(1 - random.nextDouble()) / alpha;
        }
        double d = alpha - 1 / 3.0;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = normal(random);
            double root = 1 + c * x;
            double v = root * root * root;
            if (v > 0 && StrictMath.log(1 - random.nextDouble()) < x * x / 2 + d - d * v + d * StrictMath.log(v)) {
                return StrictMath.log(d) + StrictMath.log(v);
            }
        }
    }

    /** By the method of Box and Muller. */
    private static double normal(SplittableRandom random) {
        double radius = Math.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
        return radius * StrictMath.cos(2 * StrictMath.PI * random.nextDouble());
    }
}
