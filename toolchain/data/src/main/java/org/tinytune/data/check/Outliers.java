package org.tinytune.data.check;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Sizes that are much larger or smaller than others of their kind, on a logarithmic scale.
 *
 * @param median of all sizes
 * @param unusual which ones are far from it, by index; none of few sizes
 */
record Outliers(double median, BitSet unusual) {
    private static final int MIN_SIZES = 8;

    /** A size is unusual if it is so many times the median, or so small a part of it ... */
    private static final double UNUSUAL_RATIO = 4;
    /** ... and so many median deviations off. */
    private static final double UNUSUAL_DEVIATIONS = 5;

    /** @param sizes above 0 */
    static Outliers of(double[] sizes) {
        BitSet unusual = new BitSet();
        if (sizes.length < MIN_SIZES) {
            return new Outliers(Double.NaN, unusual);
        }
        double[] logs = Arrays.stream(sizes).map(StrictMath::log).toArray();
        double median = median(logs);
        double deviation =
                median(Arrays.stream(logs).map(log -> Math.abs(log - median)).toArray());
        for (int i = 0; i < logs.length; i++) {
            double off = Math.abs(logs[i] - median);
            unusual.set(i, off >= StrictMath.log(UNUSUAL_RATIO) && off > UNUSUAL_DEVIATIONS * deviation);
        }
        return new Outliers(StrictMath.exp(median), unusual);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
