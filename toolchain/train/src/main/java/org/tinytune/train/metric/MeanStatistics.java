package org.tinytune.train.metric;

import java.util.List;

/** The mean of a figure that each sample has, such as its loss; undefined if no sample counts. */
public final class MeanStatistics implements Statistics {
    private final Metric.Name name;
    private final double[] values;

    /**
     * @param name of the mean
     * @param values one a sample; taken over
     */
    public MeanStatistics(Metric.Name name, double[] values) {
        this.name = name;
        this.values = values;
    }

    @Override
    public List<Metric.Name> names() {
        return List.of(name);
    }

    @Override
    public int samples() {
        return values.length;
    }

    @Override
    public void compute(int[] counts, double[] into, int at) {
        double sum = 0;
        long total = 0;
        for (int i = 0; i < values.length; i++) {
            if (counts[i] != 0) { // so that an infinite loss of a sample that was not drawn makes no NaN
                sum += counts[i] * values[i];
                total += counts[i];
            }
        }
        into[at] = sum / total;
    }
}
