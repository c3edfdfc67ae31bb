package org.tinytune.train.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the confusion matrix of a classifier says: accuracy, macro F1, and for each class precision, recall and F1.
 *
 * <p>Of a class with TP hits among its S samples and P samples taken for it, precision is TP / P (undefined if nothing
 * was taken for it), recall TP / S and F1 2 TP / (P + S) (both undefined if it has no samples). Macro F1 is the mean of
 * F1 over the classes that have samples.
 *
 * <p>Checked by: MetricsTest, and against scikit-learn by ReferenceMetricsTest.
 */
public final class ClassStatistics implements Statistics {
    private final List<Metric.Name> names = new ArrayList<>();
    private final int[] targets;
    private final int[] predictions;
    private final long[] hits;
    private final long[] ofClass;
    private final long[] takenFor;

    /**
     * @param labels of the classes
     * @param targets the class of each sample, an index into the labels; taken over
     * @param predictions what each was taken for; taken over
     */
    public ClassStatistics(List<String> labels, int[] targets, int[] predictions) {
        names.add(Metric.Name.of("accuracy"));
        names.add(Metric.Name.of("macro F1"));
        for (String label : labels) {
            names.add(Metric.Name.of("precision", label));
            names.add(Metric.Name.of("recall", label));
            names.add(Metric.Name.of("F1", label));
        }
        this.targets = targets;
        this.predictions = predictions;
        this.hits = new long[labels.size()];
        this.ofClass = new long[labels.size()];
        this.takenFor = new long[labels.size()];
    }

    @Override
    public List<Metric.Name> names() {
        return names;
    }

    @Override
    public int samples() {
        return targets.length;
    }

    @Override
    public void compute(int[] counts, double[] into, int at) {
        count(counts);
        into[at] = (double) Arrays.stream(hits).sum() / Arrays.stream(ofClass).sum();
        double sum = 0;
        int classes = 0;
        for (int c = 0, to = at + 2; c < hits.length; c++, to += 3) {
            into[to] = (double) hits[c] / takenFor[c];
            into[to + 1] = (double) hits[c] / ofClass[c];
            into[to + 2] = ofClass[c] == 0 ? Double.NaN : 2.0 * hits[c] / (takenFor[c] + ofClass[c]);
            if (ofClass[c] > 0) {
                sum += into[to + 2];
                classes++;
            }
        }
        into[at + 1] = sum / classes;
    }

    private void count(int[] counts) {
        Arrays.fill(hits, 0);
        Arrays.fill(ofClass, 0);
        Arrays.fill(takenFor, 0);
        for (int i = 0; i < targets.length; i++) {
            int count = counts[i];
            ofClass[targets[i]] += count;
            takenFor[predictions[i]] += count;
            hits[targets[i]] += targets[i] == predictions[i] ? count : 0;
        }
    }
}
