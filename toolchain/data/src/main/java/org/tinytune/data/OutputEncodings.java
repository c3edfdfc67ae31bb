package org.tinytune.data;

import java.util.ArrayList;
import java.util.List;
import org.tinytune.core.graph.OutputEncoding;

/** Ways to choose how real outputs become quantities, from the training part alone. */
public final class OutputEncodings {
    private OutputEncodings() {}

    /**
     * The mean of a quantity is told by 0, a standard deviation from it by 1. Sums are taken in double, in the order of
     * the samples.
     *
     * @param training at least one sample, with quantities
     */
    public static OutputEncoding standardized(Samples training) {
        int count = training.quantities().size();
        float[] values = new float[count];
        double[] mean = new double[count];
        double[] squares = new double[count];
        for (int i = 0; i < training.size(); i++) {
            training.readQuantities(i, values, 0);
            for (int q = 0; q < count; q++) {
                mean[q] += values[q] / (double) training.size();
            }
        }
        for (int i = 0; i < training.size(); i++) {
            training.readQuantities(i, values, 0);
            for (int q = 0; q < count; q++) {
                squares[q] += (values[q] - mean[q]) * (values[q] - mean[q]);
            }
        }
        List<Float> means = new ArrayList<>();
        List<Float> deviations = new ArrayList<>();
        for (int q = 0; q < count; q++) {
            float deviation = (float) Math.sqrt(squares[q] / training.size());
            means.add((float) mean[q]);
            deviations.add(deviation > 0 ? deviation : 1);
        }
        return new OutputEncoding(means, deviations);
    }
}
