package org.tinytune.data.recording;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.tinytune.data.recording.RecordingSurvey.Facts;

/** The one rate that all windows of a set, or of a model, have, and how recordings come to it. Any thread may ask. */
final class SetRate {
    /** Rates that follow from the times of readings are no better known. */
    private static final double SERIES_TOLERANCE = 0.01;

    /** How far apart, as a ratio, rates may be that a phone keeps when it is asked for one of them. */
    private static final double SERIES_SPREAD = 1.2;

    /** Each has a table of its own: of more rates, as of times that jitter, tables are made anew. */
    private static final int MAX_RESAMPLERS = 32;

    private final double hz;
    private final Map<Double, Resampler> resamplers = new ConcurrentHashMap<>();

    /** @param hz above 0 */
    SetRate(double hz) {
        this.hz = hz;
    }

    /**
     * That of most recordings. Rates of sound are exact; those of other sensors count as one where they lie within a
     * fifth of each other, and the middle one of them is taken. Of two sets of rates as frequent, the lower.
     *
     * @param recordings at least one, of one kind
     */
    static SetRate ofMost(List<Facts> recordings) {
        double spread = recordings.get(0).kind() == Readings.Kind.SERIES ? SERIES_SPREAD : 1;
        double[] rates = recordings.stream().mapToDouble(Facts::rateHz).sorted().toArray();
        int first = 0;
        int count = 0;
        for (int begin = 0, end = 0; end < rates.length; begin++) {
            while (end < rates.length && rates[end] <= spread * rates[begin]) {
                end++;
            }
            if (end - begin > count) {
                first = begin;
                count = end - begin;
            }
        }
        return new SetRate(rates[first + (count - 1) / 2]);
    }

    double hz() {
        return hz;
    }

    /** Whether readings have this rate, so far as theirs is known. */
    boolean isThatOf(Readings.Kind kind, double fromHz) {
        double tolerance = kind == Readings.Kind.SERIES ? SERIES_TOLERANCE : 0;
        return Math.abs(fromHz - hz) <= tolerance * hz;
    }

    /** Whether readings of another rate can be brought to this one. */
    boolean isNear(double fromHz) {
        return Math.max(fromHz / hz, hz / fromHz) <= Resampler.MAX_RATIO;
    }

    /** Frames at this rate that so many of another become. */
    int frames(Readings.Kind kind, double fromHz, int frames) {
        return isThatOf(kind, fromHz) ? frames : Resampler.frames(frames, fromHz / hz);
    }

    /** A recording at this rate: the same if its own is no other. */
    Recording applied(Recording recording, Readings.Kind kind) {
        return isThatOf(kind, recording.rateHz()) ? recording : recording.resampled(from(recording.rateHz()), hz);
    }

    private Resampler from(double fromHz) {
        boolean full = resamplers.size() >= MAX_RESAMPLERS && !resamplers.containsKey(fromHz);
        return full ? new Resampler(fromHz, hz) : resamplers.computeIfAbsent(fromHz, rate -> new Resampler(rate, hz));
    }
}
