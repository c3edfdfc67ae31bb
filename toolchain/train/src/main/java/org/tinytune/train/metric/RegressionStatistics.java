package org.tinytune.train.metric;

import java.util.Arrays;
import java.util.List;

/**
 * How far predictions of a quantity are from its true values: root mean squared error and mean absolute error, both in
 * the quantity's unit, and the coefficient of determination R², 1 - Σ (y - p)² / Σ (y - mean)², which is 0 for a model
 * that always says the mean and undefined where all true values are alike.
 *
 * <p>Checked by: MetricsTest, and against scikit-learn by ReferenceMetricsTest.
 */
public final class RegressionStatistics implements Statistics {
    /** Of the sum of squares: what is below it is rounding. */
    private static final double CONSTANT = 1e-12;

    private final List<Metric.Name> names;
    private final double[] centred;
    private final double[] errors;

    /**
     * @param quantity its name
     * @param truth of each sample
     * @param predictions as many
     */
    public RegressionStatistics(String quantity, double[] truth, double[] predictions) {
        this.names = List.of(
                Metric.Name.of("RMSE", quantity), Metric.Name.of("MAE", quantity), Metric.Name.of("R²", quantity));
        this.centred = new double[truth.length];
        this.errors = new double[truth.length];
        double median = median(truth);
        for (int i = 0; i < truth.length; i++) {
            centred[i] = truth[i] - median; // large values close together would cancel otherwise
            errors[i] = predictions[i] - truth[i];
        }
    }

    /** One of the values, so that all are exactly 0 apart from it if they are alike. */
    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
    }

    @Override
    public List<Metric.Name> names() {
        return names;
    }

    @Override
    public int samples() {
        return errors.length;
    }

    @Override
    public void compute(int[] counts, double[] into, int at) {
        double squared = 0;
        double absolute = 0;
        double sum = 0;
        double sumOfSquares = 0;
        long total = 0;
        for (int i = 0; i < errors.length; i++) {
            int count = counts[i];
            squared += count * errors[i] * errors[i];
            absolute += count * Math.abs(errors[i]);
            sum += count * centred[i];
            sumOfSquares += count * centred[i] * centred[i];
            total += count;
        }
        double spread = sumOfSquares - sum * sum / total;
        into[at] = Math.sqrt(squared / total);
        into[at + 1] = absolute / total;
        into[at + 2] = spread > CONSTANT * sumOfSquares ? 1 - squared / spread : Double.NaN;
    }
}
