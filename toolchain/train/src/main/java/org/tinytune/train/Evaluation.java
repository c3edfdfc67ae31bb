package org.tinytune.train;

import java.util.List;
import org.tinytune.train.metric.Interval;

/**
 * How well a classifier does on samples.
 *
 * @param samples how many there were
 * @param accuracy share that was right, in [0, 1]
 * @param interval 95 % confidence interval of the accuracy, by Wilson's formula
 * @param loss mean cross-entropy between the classes and the logits
 * @param confusion how often class i was taken for class j, by i and j
 * @param predictions of each sample, in their order
 */
public record Evaluation(
        int samples,
        double accuracy,
        Interval interval,
        double loss,
        List<List<Integer>> confusion,
        List<Integer> predictions) {
    /** Keeps copies. */
    public Evaluation {
        confusion = confusion.stream().map(List::copyOf).toList();
        predictions = List.copyOf(predictions);
    }
}
