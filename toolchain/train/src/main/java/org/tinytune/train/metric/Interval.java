package org.tinytune.train.metric;

/**
 * A confidence interval.
 *
 * @param low lower end
 * @param high upper end
 */
public record Interval(double low, double high) {
    /** Of a figure that is undefined. */
    public static final Interval UNDEFINED = new Interval(Double.NaN, Double.NaN);

    /** Quantile of the normal distribution for 95 %. */
    private static final double Z = 1.959963984540054;

    /**
     * The 95 % score interval of a share, from a formula: what is reported beside an accuracy, of which it keeps its
     * coverage even where the share is near 0 or 1.
     *
     * <p>Source: Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", JASA 22, 1927.
     *
     * @param hits in [0, trials]
     * @param trials 1 or more
     */
    public static Interval wilson(int hits, int trials) {
        double share = (double) hits / trials;
        double z2 = Z * Z / trials;
        double center = share + z2 / 2;
        double half = Z * Math.sqrt(share * (1 - share) / trials + z2 / (4.0 * trials));
        // At 0 and 1 a bound is the share itself, but for its last bit.
        double low = Math.min(share, (center - half) / (1 + z2));
        double high = Math.max(share, (center + half) / (1 + z2));
        return new Interval(Math.max(0, low), Math.min(1, high));
    }
}
