package org.tinytune.data.recording;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A length of time, or a number of frames.
 *
 * @param amount above 0
 * @param seconds of one unit; 0 if the unit is a frame
 */
public record Span(double amount, double seconds) {
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?)\\s*([a-z]+)");
    private static final Map<String, Double> UNITS =
            Map.of("us", 1e-6, "ms", 1e-3, "s", 1.0, "min", 60.0, "samples", 0.0);

    /**
     * Reads a span such as {@code 1s}, {@code 500ms} or {@code 128 samples}.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Span parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip().toLowerCase(Locale.ROOT));
        Double seconds = matcher.matches() ? UNITS.get(matcher.group(2)) : null;
        double amount = seconds == null ? 0 : Double.parseDouble(matcher.group(1));
        if (!(amount > 0) || (seconds == 0 && amount != Math.rint(amount))) {
            throw new IllegalArgumentException("is not a length such as 1s, 500ms or 128 samples");
        }
        return new Span(amount, seconds);
    }

    /** Whether it is a number of frames. */
    public boolean isFrames() {
        return seconds == 0;
    }

    /** How long it is, in seconds; 0 if it is a number of frames. A thousandth is no binary fraction, but 1000 is. */
    public double length() {
        return seconds > 0 && seconds < 1 ? amount / Math.rint(1 / seconds) : amount * seconds;
    }

    /** The same in frames, at least 1, at most what an int can hold. */
    int frames(double rateHz) {
        double frames = isFrames() ? amount : amount * seconds * rateHz;
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, Math.rint(frames)));
    }
}
