package org.tinytune.cli.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tinytune.train.metric.Interval;

/**
 * How often samples of each class were taken for which.
 *
 * @param labels the classes
 * @param counts a row for each class that samples have, in it a count for each class that they were taken for
 */
public record ConfusionMatrix(List<String> labels, List<List<Integer>> counts) {
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

    /** The accuracies that such a count is likely under: a 95 % interval, by Wilson's formula. */
    public Interval accuracyInterval() {
        return Interval.wilson(correct(), samples());
    }
}
