package org.tinytune.data.recording;

import java.util.Map;

/** Units in which files count time. */
public final class TimeUnits {
    private static final Map<String, Double> SECONDS =
            Map.of("h", 3600.0, "min", 60.0, "s", 1.0, "ms", 1e-3, "us", 1e-6, "ns", 1e-9);

    private TimeUnits() {}

    /**
     * Seconds of a unit.
     *
     * @throws IllegalArgumentException if it is unknown
     */
    public static double parse(String unit) {
        Double seconds = SECONDS.get(unit);
        if (seconds == null) {
            throw new IllegalArgumentException("is none of h, min, s, ms, us, ns");
        }
        return seconds;
    }

    /** What a unit of so many seconds is called; any other is a number of them. */
    public static String name(double seconds) {
        return SECONDS.entrySet().stream()
                .filter(unit -> unit.getValue() == seconds)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(seconds + " s");
    }
}
