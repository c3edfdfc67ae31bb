package org.tinytune.data;

import java.util.ArrayList;
import java.util.List;
import org.tinytune.core.graph.InputEncoding;

/**
 * Ways to choose how raw values become the network's real input, from the training part alone.
 *
 * <p>A constant channel gets a deviation of 1: it stays constant, and nothing is divided by zero.
 */
public final class InputEncodings {
    private InputEncodings() {}

    /** Mean 0 and standard deviation 1 in each channel. */
    public static InputEncoding standardized(Samples training) {
        return standardized(training, training.shape().dim(-1));
    }

    /**
     * The same of samples in which as many values as there are channels follow each other again and again, such as the
     * steps of a sequence.
     *
     * @param channels divides the values of a sample
     */
    public static InputEncoding standardized(Samples training, int channels) {
        ValueStatistics statistics = ValueStatistics.of(training, channels);
        List<Float> mean = new ArrayList<>();
        List<Float> deviation = new ArrayList<>();
        for (int c = 0; c < statistics.channels(); c++) {
            mean.add((float) statistics.mean(c));
            deviation.add(positive((float) statistics.deviation(c)));
        }
        return encoding(mean, deviation, statistics);
    }

    /**
     * The range of raw values becomes [low, high], alike in all channels. The range is the declared one, or that of the
     * training samples if none is declared.
     *
     * @param low usually 0 or -1
     * @param high usually 1, above {@code low}
     */
    public static InputEncoding scaled(Samples training, float low, float high) {
        if (!(low < high)) {
            throw new IllegalArgumentException("[" + low + ", " + high + "] is no range to scale to");
        }
        ValueStatistics statistics = ValueStatistics.of(training);
        ValueRange raw = training.declaredRange().orElseGet(statistics::range);
        float deviation = positive((raw.max() - raw.min()) / (high - low));
        return encoding(List.of(raw.min() - low * deviation), List.of(deviation), statistics);
    }

    private static InputEncoding encoding(List<Float> mean, List<Float> deviation, ValueStatistics statistics) {
        ValueRange seen = statistics.range();
        return new InputEncoding(mean, deviation, seen.min(), seen.max());
    }

    private static float positive(float deviation) {
        return deviation > 0 ? deviation : 1;
    }
}
