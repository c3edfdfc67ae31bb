package org.tinytune.data.recording;

import java.util.Arrays;
import java.util.List;

/**
 * The readings of one recording as its file has them: int16 counts whose scale is known, or real numbers that become
 * counts once the largest reading of the whole set is known. Never written to.
 */
public final class Readings {
    /** In fewer moments, any steps may be chance. */
    static final int MIN_COUNTED = 16;

    /** Of a counter, at most one step of so many is larger than the others, where something was lost. */
    private static final int LOST_STEPS = 4;

    private final Kind kind;
    private final List<String> channels;
    private final String unit;
    private final double rateHz;
    private final short[] counts;
    private final double scale;
    private final float[] values;

    /** What was recorded: it decides how a scale and a length of window are chosen. */
    public enum Kind {
        /** Sound: the unit is full scale. */
        AUDIO,
        /** Anything else, such as acceleration. */
        SERIES
    }

    private Readings(
            Kind kind,
            List<String> channels,
            String unit,
            double rateHz,
            short[] counts,
            double scale,
            float[] values) {
        this.kind = kind;
        this.channels = List.copyOf(channels);
        this.unit = unit;
        this.rateHz = rateHz;
        this.counts = counts;
        this.scale = scale;
        this.values = values;
        if (channels.isEmpty() || !(rateHz > 0) || (counts.length + values.length) % channels.size() != 0) {
            throw new IllegalArgumentException(
                    counts.length + values.length + " readings of " + channels + " at " + rateHz + " Hz");
        }
    }

    /**
     * Counts of a known scale.
     *
     * @param unit of the real quantity, perhaps empty
     * @param rateHz above 0
     * @param counts interleaved, taken over
     * @param scale real units a count
     */
    public static Readings ofCounts(
            Kind kind, List<String> channels, String unit, double rateHz, short[] counts, double scale) {
        return new Readings(kind, channels, unit, rateHz, counts, scale, new float[0]);
    }

    /**
     * Real numbers.
     *
     * @param values finite, interleaved, taken over
     */
    public static Readings ofValues(Kind kind, List<String> channels, String unit, double rateHz, float[] values) {
        return new Readings(kind, channels, unit, rateHz, new short[0], 0, values);
    }

    /** What was recorded. */
    public Kind kind() {
        return kind;
    }

    /** A name each. */
    public List<String> channels() {
        return channels;
    }

    /** The unit of the real quantity; empty if nothing is known of it. */
    public String unit() {
        return unit;
    }

    /** Frames a second. */
    public double rateHz() {
        return rateHz;
    }

    /** Moments that were recorded. */
    public int frames() {
        return (counts.length + values.length) / channels.size();
    }

    /** Bytes that the readings take in memory. */
    long bytes() {
        return Short.BYTES * (long) counts.length + Float.BYTES * (long) values.length;
    }

    /** Real units a count; 0 if the readings are real numbers. */
    double scale() {
        return scale;
    }

    /** How the readings of a channel lie. */
    Spread spread(int channel) {
        int c = channels.size();
        return Spread.of(frames(), f -> real(f * c + channel));
    }

    /** Whether all readings are numbers that an int16 can hold as they are. */
    boolean areIntegers() {
        for (float value : values) {
            if (value != (short) value) {
                return false;
            }
        }
        return scale == 0 || scale == 1;
    }

    /** The same frames from one on, up to another. */
    public Readings frames(int from, int to) {
        int c = channels.size();
        return scale == 0
                ? ofValues(kind, channels, unit, rateHz, Arrays.copyOfRange(values, from * c, to * c))
                : ofCounts(kind, channels, unit, rateHz, Arrays.copyOfRange(counts, from * c, to * c), scale);
    }

    /**
     * Some of the channels, in another order.
     *
     * @param wanted index of each, at least one
     */
    public Readings channels(List<Integer> wanted) {
        int c = channels.size();
        int kept = wanted.size();
        short[] someCounts = new short[counts.length / c * kept];
        float[] someValues = new float[values.length / c * kept];
        for (int f = 0; f < frames(); f++) {
            for (int k = 0; k < kept; k++) {
                if (scale == 0) {
                    someValues[f * kept + k] = values[f * c + wanted.get(k)];
                } else {
                    someCounts[f * kept + k] = counts[f * c + wanted.get(k)];
                }
            }
        }
        List<String> names = wanted.stream().map(channels::get).toList();
        return new Readings(kind, names, unit, rateHz, someCounts, scale, someValues);
    }

    /**
     * Whether a channel counts moments: each reading differs from the one before by the same number, if there is one;
     * or all are whole numbers that rise, mostly by the smallest step, for some may be lost.
     */
    boolean counts(int channel) {
        int c = channels.size();
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        int ofLeast = 0;
        boolean whole = frames() > 0 && real(channel) == Math.rint(real(channel));
        for (int f = 1; f < frames(); f++) {
            double step = real(f * c + channel) - real((f - 1) * c + channel);
            whole &= step == Math.rint(step);
            ofLeast = step < least ? 1 : ofLeast + (step == least ? 1 : 0);
            least = Math.min(least, step);
            most = Math.max(most, step);
        }
        boolean even = least == most ? least != 0 : frames() < 2;
        boolean mostly = frames() < MIN_COUNTED || LOST_STEPS * (frames() - 1L - ofLeast) <= frames();
        return even || (whole && least > 0 && mostly);
    }

    private double real(int i) {
        return scale == 0 ? values[i] : counts[i] * scale;
    }

    /**
     * Counts of another scale, rounded to the nearest, halves upwards; what is out of range becomes the nearest count.
     *
     * @param wanted real units a count, above 0
     */
    public short[] quantize(double wanted) {
        if (scale == wanted) {
            return counts;
        }
        short[] quantized = new short[counts.length + values.length];
        for (int i = 0; i < quantized.length; i++) {
            double real = scale == 0 ? values[i] : counts[i] * scale;
            quantized[i] = saturated(real / wanted);
        }
        return quantized;
    }

    /** The nearest int16, halves upwards. */
    static short saturated(double count) {
        return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.floor(count + 0.5)));
    }
}
