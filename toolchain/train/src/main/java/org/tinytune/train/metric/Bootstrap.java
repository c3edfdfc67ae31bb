package org.tinytune.train.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.tinytune.data.RandomStreams;

/**
 * Measures figures with their 95 % percentile bootstrap intervals: the samples are drawn anew with replacement, as many
 * as there are, again and again; the interval holds the middle 95 % of what the figures are then. All figures see the
 * same draws. Resamples in which a figure is undefined are left out of its interval.
 *
 * <p>Source: Efron, Tibshirani, An Introduction to the Bootstrap, 1993, section 13.3. Checked by: BootstrapTest.
 *
 * @param resamples how many, 1 or more
 * @param seed of the draws
 */
public record Bootstrap(int resamples, long seed) {
    private static final int STANDARD_RESAMPLES = 1000;
    private static final double TAIL = 0.025;

    /** Checks the number. */
    public Bootstrap {
        if (resamples < 1) {
            throw new IllegalArgumentException(resamples + " resamples");
        }
    }

    /** 1,000 resamples. */
    public static Bootstrap seeded(long seed) {
        return new Bootstrap(STANDARD_RESAMPLES, seed);
    }

    /**
     * Measures all figures of some statistics.
     *
     * @param statistics of the same samples, one or more
     * @return the figures, in the order of the statistics
     */
    public List<Metric> measure(List<? extends Statistics> statistics) {
        int samples = samples(statistics);
        int figures = statistics.stream().mapToInt(s -> s.names().size()).sum();
        double[] values = new double[figures];
        int[] counts = new int[samples];
        Arrays.fill(counts, 1);
        compute(statistics, counts, values);
        double[][] resampled = new double[figures][resamples];
        double[] row = new double[figures];
        for (int r = 0; r < resamples; r++) {
            draw(counts, r);
            compute(statistics, counts, row);
            for (int f = 0; f < figures; f++) {
                resampled[f][r] = row[f];
            }
        }
        List<Metric> metrics = new ArrayList<>();
        for (Statistics s : statistics) {
            for (Metric.Name name : s.names()) {
                int f = metrics.size();
                boolean defined = !Double.isNaN(values[f]);
                metrics.add(new Metric(name, values[f], defined ? interval(resampled[f]) : Interval.UNDEFINED));
            }
        }
        return metrics;
    }

    private static int samples(List<? extends Statistics> statistics) {
        int samples = statistics.get(0).samples();
        if (statistics.stream().anyMatch(s -> s.samples() != samples)) {
            throw new IllegalArgumentException("statistics of different samples");
        }
        return samples;
    }

    private static void compute(List<? extends Statistics> statistics, int[] counts, double[] into) {
        int at = 0;
        for (Statistics s : statistics) {
            s.compute(counts, into, at);
            at += s.names().size();
        }
    }

    /** How often each sample is drawn. */
    private void draw(int[] counts, int resample) {
        SplittableRandom random = RandomStreams.stream(seed, resample);
        Arrays.fill(counts, 0);
        for (int i = 0; i < counts.length; i++) {
            counts[random.nextInt(counts.length)]++;
        }
    }

    private static Interval interval(double[] resampled) {
        double[] sorted = Arrays.stream(resampled)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        return new Interval(Quantiles.ofSorted(sorted, TAIL), Quantiles.ofSorted(sorted, 1 - TAIL));
    }
}
