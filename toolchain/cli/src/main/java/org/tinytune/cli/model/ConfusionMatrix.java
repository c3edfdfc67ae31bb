package org.tinytune.cli.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How often samples of each class were taken for which.
 *
 * @param labels the classes
 * @param counts a row for each class that samples have, in it a count for each class that they were taken for
 */
public record ConfusionMatrix(List<String> labels, List<List<Integer>> counts) {
    /** The two-sided 95 % quantile of the standard normal distribution. */
    private static final double Z = 1.959963984540054;

    /**
     * An interval of accuracies.
     *
     * @param low in [0, 1]
     * @param high in [0, 1]
     */
    public record Interval(double low, double high) {}

    /**
     * Counts.
     *
     * @param targets the class of each sample, an index into the labels
     * @param predictions the class that each was taken for
     */
    public static ConfusionMatrix of(List<String> labels, int[] targets, int[] predictions) {
        int[][] counts = new int[labels.size()][labels.size()];
        for (int i = 0; i < targets.length; i++) {
            counts[targets[i]][predictions[i]]++;
        }
        List<List<Integer>> rows = new ArrayList<>();
        for (int[] row : counts) {
            rows.add(Arrays.stream(row).boxed().toList());
        }
        return new ConfusionMatrix(labels, rows);
    }

    /** Number of samples. */
    public int samples() {
        return counts.stream().flatMap(List::stream).mapToInt(Integer::intValue).sum();
    }

    /** Number of samples that were taken for what they are. */
    public int correct() {
        int correct = 0;
        for (int i = 0; i < labels.size(); i++) {
            correct += counts.get(i).get(i);
        }
        return correct;
    }

    /** The share of them. */
    public double accuracy() {
        return (double) correct() / samples();
    }

    /**
     * The accuracies that such a count is likely under: a 95 % interval.
     *
     * <p>Source: Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the
     * American Statistical Association 22, 1927; the score interval.
     */
    public Interval accuracyInterval() {
        double n = samples();
        double p = accuracy();
        double center = p + Z * Z / (2 * n);
        double half = Z * StrictMath.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n));
        double scale = 1 + Z * Z / n;
        // At 0 and 1 a bound is the accuracy itself, but for its last bit.
        double low = Math.min(p, (center - half) / scale);
        double high = Math.max(p, (center + half) / scale);
        return new Interval(Math.max(0, low), Math.min(1, high));
    }
}
