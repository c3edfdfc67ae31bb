package org.tinytune.train.metric;

/**
 * Quantiles of values, with linear interpolation between order statistics.
 *
 * <p>Source: Hyndman, Fan, "Sample Quantiles in Statistical Packages", The American Statistician 50, 1996, definition
 * 7, which is numpy's default. Checked by: BootstrapTest.
 */
public final class Quantiles {
    private Quantiles() {}

    /**
     * A quantile.
     *
     * @param sorted ascending, without NaN
     * @param share in [0, 1]
     * @return NaN if there are no values
     */
    public static double ofSorted(double[] sorted, double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
