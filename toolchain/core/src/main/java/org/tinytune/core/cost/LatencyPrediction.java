package org.tinytune.core.cost;

/**
 * A predicted latency with its error bar.
 *
 * @param micros the mean, in microseconds
 * @param deviationMicros one standard deviation of what may be measured instead, in microseconds
 */
public record LatencyPrediction(double micros, double deviationMicros) {
    /** So far out that the rest of the distribution is below a double's precision. */
    private static final double FAR = 8;
    /** In standard deviations. */
    private static final double QUANTILE_TOLERANCE = 1e-9;

    /**
     * The probability that the measured latency is at most {@code limitMicros}, if errors are distributed normally.
     *
     * @return in [0, 1]
     */
    public double probabilityAtMost(double limitMicros) {
        if (deviationMicros == 0) {
            return micros <= limitMicros ? 1 : 0;
        }
        return normalCdf((limitMicros - micros) / deviationMicros);
    }

    /**
     * The latency that is kept with a given probability: the inverse of {@link #probabilityAtMost}.
     *
     * @param probability in (0, 1)
     */
    public double microsAtProbability(double probability) {
        double low = -FAR;
        double high = FAR;
        while (high - low > QUANTILE_TOLERANCE) {
            double middle = (low + high) / 2;
            if (normalCdf(middle) < probability) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return micros + high * deviationMicros;
    }

    /**
     * The standard normal distribution function, by its series around 0.
     *
     * <p>Source: Marsaglia, "Evaluating the Normal Distribution", Journal of Statistical Software 11(4), 2004.
     */
    private static double normalCdf(double z) {
        if (Math.abs(z) > FAR) {
            return z > 0 ? 1 : 0;
        }
        double sum = z;
        double term = z;
        for (int i = 3; Math.abs(term) > Math.ulp(sum); i += 2) {
            term *= z * z / i;
            sum += term;
        }
        double cdf = 0.5 + sum * StrictMath.exp(-z * z / 2) / StrictMath.sqrt(2 * Math.PI);
        return Math.max(0, Math.min(1, cdf));
    }
}
