package org.tinytune.train.metric;

import java.util.Arrays;
import java.util.List;

/**
 * The expected calibration error: how far the confidence in predictions is from how often they are right, the mean over
 * samples of |accuracy - mean confidence| of their bin. The confidence is the probability of the predicted class; bins
 * are 15 of equal width, a value on a border belonging to the lower one.
 *
 * <p>Source: Guo et al., "On Calibration of Modern Neural Networks", ICML 2017, equations 2 and 3 and section 5.
 * Checked by: MetricsTest, and against scikit-learn by ReferenceMetricsTest.
 */
public final class CalibrationStatistics implements Statistics {
    /** As in the source. */
    static final int BINS = 15;

    private final int[] bins;
    private final double[] excess;
    private final double[] sums = new double[BINS];

    /**
     * @param confidences of each sample's prediction, in [0, 1]
     * @param hits whether it is right
     */
    public CalibrationStatistics(double[] confidences, boolean[] hits) {
        this.bins = new int[confidences.length];
        this.excess = new double[confidences.length];
        for (int i = 0; i < bins.length; i++) {
            bins[i] = bin(confidences[i]);
            excess[i] = confidences[i] - (hits[i] ? 1 : 0);
        }
    }

    private static int bin(double confidence) {
        int bin = 0;
        while (bin < BINS - 1 && confidence > (bin + 1) / (double) BINS) {
            bin++;
        }
        return bin;
    }

    @Override
    public List<Metric.Name> names() {
        return List.of(Metric.Name.of("calibration error"));
    }

    @Override
    public int samples() {
        return bins.length;
    }

    @Override
    public void compute(int[] counts, double[] into, int at) {
        Arrays.fill(sums, 0);
        long total = 0;
        for (int i = 0; i < bins.length; i++) {
            sums[bins[i]] += counts[i] * excess[i];
            total += counts[i];
        }
        double error = 0;
        for (double sum : sums) {
            error += Math.abs(sum);
        }
        into[at] = error / total;
    }
}
