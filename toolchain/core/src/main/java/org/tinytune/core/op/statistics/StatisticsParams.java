package org.tinytune.core.op.statistics;

import java.util.List;
import org.tinytune.core.dsp.ScaledMean;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.op.Frames;

/**
 * Parameters of {@code STATISTICS}.
 *
 * @param frames of at most 16,384 samples
 * @param statistics what is said of each, in ascending order and not nothing
 */
public record StatisticsParams(Frames frames, List<Statistic> statistics) {
    /**
     * Keeps a sorted copy.
     *
     * @throws InvalidModelException if there is no statistic, or frames are too long
     */
    public StatisticsParams {
        statistics = statistics.stream().sorted().distinct().toList();
        if (statistics.isEmpty()) {
            throw new InvalidModelException("no statistic to compute");
        }
        if (frames.length() > ScaledMean.MAX_COUNT) {
            throw new InvalidModelException("statistics of " + frames.length() + " samples, more than "
                    + ScaledMean.MAX_COUNT + ": use shorter frames");
        }
    }

    /** All statistics of one frame. */
    public static StatisticsParams all(int samples) {
        return new StatisticsParams(Frames.single(samples), List.of(Statistic.values()));
    }
}
