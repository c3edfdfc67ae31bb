package org.tinytune.train.metric;

import java.util.ArrayList;
import java.util.List;

/**
 * The area under the {@linkplain RocCurve ROC curve}. Of two classes, that of the second against the first; of more,
 * that of each class against the rest, and their mean over the classes for which it is defined.
 *
 * <p>Checked by: MetricsTest, and against scikit-learn by ReferenceMetricsTest.
 */
public final class RocStatistics implements Statistics {
    private static final String NAME = "ROC-AUC";

    private final List<Metric.Name> names = new ArrayList<>();
    private final List<RocCurve> curves = new ArrayList<>();
    private final int samples;

    private RocStatistics(int samples) {
        this.samples = samples;
    }

    /**
     * Of a detector.
     *
     * @param scores of each sample
     * @param positive whether it should be high
     */
    public static RocStatistics ofDetector(double[] scores, boolean[] positive) {
        RocStatistics statistics = new RocStatistics(scores.length);
        statistics.names.add(Metric.Name.of(NAME));
        statistics.curves.add(new RocCurve(scores, positive));
        return statistics;
    }

    /**
     * Of a classifier.
     *
     * @param labels of the classes
     * @param targets the class of each sample, an index into the labels
     * @param scores of each sample, one a class
     */
    public static RocStatistics ofClassifier(List<String> labels, int[] targets, float[][] scores) {
        if (labels.size() == 2) {
            return ofDetector(column(scores, 1), is(targets, 1));
        }
        RocStatistics statistics = new RocStatistics(targets.length);
        statistics.names.add(Metric.Name.of(NAME));
        for (int c = 0; c < labels.size(); c++) {
            statistics.names.add(Metric.Name.of(NAME, labels.get(c)));
            statistics.curves.add(new RocCurve(column(scores, c), is(targets, c)));
        }
        return statistics;
    }

    private static double[] column(float[][] scores, int c) {
        double[] column = new double[scores.length];
        for (int i = 0; i < column.length; i++) {
            column[i] = scores[i][c];
        }
        return column;
    }

    private static boolean[] is(int[] targets, int c) {
        boolean[] is = new boolean[targets.length];
        for (int i = 0; i < is.length; i++) {
            is[i] = targets[i] == c;
        }
        return is;
    }

    @Override
    public List<Metric.Name> names() {
        return names;
    }

    @Override
    public int samples() {
        return samples;
    }

    @Override
    public void compute(int[] counts, double[] into, int at) {
        if (names.size() == 1) {
            into[at] = curves.get(0).area(counts);
            return;
        }
        double sum = 0;
        int defined = 0;
        for (int c = 0; c < curves.size(); c++) {
            double area = curves.get(c).area(counts);
            into[at + 1 + c] = area;
            if (!Double.isNaN(area)) {
                sum += area;
                defined++;
            }
        }
        into[at] = sum / defined;
    }
}
