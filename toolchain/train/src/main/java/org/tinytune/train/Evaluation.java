package org.tinytune.train;

import java.util.Arrays;

/**
 * How a classifier does on some samples.
 *
 * @param loss mean cross-entropy
 * @param confusion counts by actual and predicted class; not to be written to
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Evaluation(double loss, int[][] confusion) {
    /** The quantile of the normal distribution that leaves 2.5 % above it. */
    private static final double Z = 1.959963984540054;

    /**
     * An interval of accuracies.
     *
     * @param low in [0, 1]
     * @param high in [low, 1]
     */
    public record Interval(double low, double high) {}

    /** Samples. */
    public int samples() {
        return Arrays.stream(confusion).flatMapToInt(Arrays::stream).sum();
    }

    /** Samples whose class is right. */
    public int correct() {
        int correct = 0;
        for (int c = 0; c < confusion.length; c++) {
            correct += confusion[c][c];
        }
        return correct;
    }

    /** Share of samples whose class is right, in [0, 1]. */
    public double accuracy() {
        return (double) correct() / samples();
    }

    /**
     * The 95 % confidence interval of the accuracy.
     *
     * <p>Source: Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927). Checked
     * by: EvaluationTest.
     */
    public Interval interval() {
        double n = samples();
        double p = accuracy();
        double centre = (p + Z * Z / (2 * n)) / (1 + Z * Z / n);
        double half = Z / (1 + Z * Z / n) * StrictMath.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n));
        return new Interval(Math.max(0, centre - half), Math.min(1, centre + half));
    }
}
