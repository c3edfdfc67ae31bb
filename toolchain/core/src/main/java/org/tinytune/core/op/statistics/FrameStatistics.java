package org.tinytune.core.op.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.tinytune.core.dsp.Deviations;
import org.tinytune.core.dsp.Moments;
import org.tinytune.core.dsp.ScaledMean;
import org.tinytune.core.op.FrameKernel;

/**
 * The statistics of a frame of one channel. Sums are exact; readings have 14 fractional bits where the mean is
 * subtracted, so that in frames of up to 16,384 samples no reading is on the wrong side of it.
 *
 * <p>Checked by: StatisticsTest, DspBlockDifferentialTest.
 */
final class FrameStatistics {
    private static final int FRACTION_BITS = 14;

    private final int[] readings;
    private final int[] fine;
    private final Deviations deviations;
    private final Moments moments;

    private FrameStatistics(int[] readings) {
        this.readings = readings;
        fine = Arrays.stream(readings).map(x -> x << FRACTION_BITS).toArray();
        deviations = Deviations.of(fine);
        moments = Moments.of(deviations);
    }

    /** What computes some statistics of frames of so many samples. */
    static FrameKernel.Frame of(int length, List<Statistic> statistics) {
        return (IntUnaryOperator sample, FrameKernel.Features feature) -> {
            int[] readings = new int[length];
            Arrays.setAll(readings, sample);
            FrameStatistics frame = new FrameStatistics(readings);
            for (int i = 0; i < statistics.size(); i++) {
                feature.set(i, frame.value(statistics.get(i)));
            }
        };
    }

    private int value(Statistic statistic) {
        return switch (statistic) {
            case MEAN -> deviations.mean() + (1 << FRACTION_BITS - 1) >> FRACTION_BITS;
            case MINIMUM -> Arrays.stream(readings).min().orElseThrow();
            case MAXIMUM -> Arrays.stream(readings).max().orElseThrow();
            case ROOT_MEAN_SQUARE -> rootMeanSquare();
            case DEVIATION -> rounded(moments.root(), FRACTION_BITS - moments.exponent());
            case SKEWNESS -> moments.skewness();
            case KURTOSIS -> moments.kurtosis();
            case CROSSINGS -> crossings();
        };
    }

    private int rootMeanSquare() {
        long sum = Arrays.stream(readings).mapToLong(x -> (long) x * x).sum();
        ScaledMean square = ScaledMean.of(sum, readings.length);
        return rounded(square.root(), square.shift() / 2);
    }

    /** A root of 16 bits, divided by {@code 2^shift}. */
    private static int rounded(int root, int shift) {
        return Math.min(root + (1 << shift >> 1) >> shift, Short.MAX_VALUE);
    }

    private int crossings() {
        int crossings = 0;
        for (int i = 1; i < fine.length; i++) {
            boolean before = fine[i - 1] > deviations.mean();
            boolean now = fine[i] > deviations.mean();
            crossings += before == now ? 0 : 1;
        }
        return crossings;
    }
}
