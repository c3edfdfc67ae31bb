package org.tinytune.train.metric;

import java.util.List;

/** Some figures of a set of samples. Holds scratch arrays, so it serves one caller at a time. */
public interface Statistics {
    /** What the figures are, in the order in which {@link #compute} gives them. */
    List<Metric.Name> names();

    /** How many samples there are. */
    int samples();

    /**
     * Computes the figures.
     *
     * @param counts how often each sample counts, 0 or more
     * @param into receives the figures; NaN where one is undefined
     * @param at where the first one goes
     */
    void compute(int[] counts, double[] into, int at);
}
