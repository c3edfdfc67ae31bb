package org.tinytune.search.gp;

/** The standard normal distribution, in logarithms where tails matter. */
public final class NormalDistribution {
    private static final double LOG_SQRT_2PI = StrictMath.log(2 * StrictMath.PI) / 2;
    /** Beyond it the continued fraction of {@link #tailFraction} is exact to double precision in so many terms. */
    private static final double TAIL = 2.5;

    private static final int TAIL_TERMS = 100;

    /** Hart's rational function 5666, numerator and denominator, highest power first. */
    private static final double[] NUMERATOR = {
        3.52624965998911e-2,
        0.700383064443688,
        6.37396220353165,
        33.912866078383,
        112.079291497871,
        221.213596169931,
        220.206867912376
    };

    private static final double[] DENOMINATOR = {
        8.83883476483184e-2,
        1.75566716318264,
        16.064177579207,
        86.7807322029461,
        296.564248779674,
        637.333633378831,
        793.826512519948,
        440.413735824752
    };

    private NormalDistribution() {}

    /** log φ(z). */
    public static double logDensity(double z) {
        return -z * z / 2 - LOG_SQRT_2PI;
    }

    /**
     * log Φ(z), finite down to z of −1e150.
     *
     * <p>Source of the middle part: West, Better approximations to cumulative normal functions, Wilmott 2005, after
     * Hart 1968. Checked by: NormalDistributionTest.
     */
    public static double logCumulative(double z) {
        if (z < -TAIL) {
            double t = -z;
            return logDensity(z) - StrictMath.log(t + tailFraction(t));
        }
        return z > 0 ? StrictMath.log1p(-StrictMath.exp(logCumulative(-z))) : StrictMath.log(lowerHalf(z));
    }

    /**
     * log(φ(z) + z Φ(z)): of the expected improvement in units of the deviation, where z is the mean's distance above
     * the best.
     *
     * <p>Far below 0 the two terms cancel; there it is log φ(z) + log(c / (t + c)), exact to rounding, with t = −z and
     * c the {@link #tailFraction}.
     *
     * <p>Why the logarithm: Ament et al., Unexpected improvements to expected improvement for Bayesian optimization,
     * NeurIPS 2023. Checked by: NormalDistributionTest.
     */
    public static double logExpectedImprovement(double z) {
        if (z < -TAIL) {
            double c = tailFraction(-z);
            return logDensity(z) + StrictMath.log(c / (-z + c));
        }
        return StrictMath.log(StrictMath.exp(logDensity(z)) + z * StrictMath.exp(logCumulative(z)));
    }

    /** Φ(z) for z in [−2.5, 0]: further out the relative error of the rational function grows, to 5e-11 at −5. */
    private static double lowerHalf(double z) {
        double t = -z;
        return StrictMath.exp(-t * t / 2) * polynomial(NUMERATOR, t) / polynomial(DENOMINATOR, t);
    }

    private static double polynomial(double[] coefficients, double t) {
        double sum = 0;
        for (double coefficient : coefficients) {
            sum = sum * t + coefficient;
        }
        return sum;
    }

    /** c in Mills' ratio Φ(−t) / φ(t) = 1 / (t + c): Laplace's continued fraction 1/(t + 2/(t + 3/(t + …))). */
    private static double tailFraction(double t) {
        double c = 0;
        for (int k = TAIL_TERMS; k >= 1; k--) {
            c = k / (t + c);
        }
        return c;
    }
}
