package org.tinytune.device.stream;

import java.util.List;

/**
 * A recording.
 *
 * @param rows as they were sent, without times
 * @param millis when each row was, from the first one on, ascending
 * @param brokenLines lines that were to be rows and are none
 * @param missed moments that the sketch says it was late for
 */
public record Take(List<List<String>> rows, List<Double> millis, int brokenLines, int missed) {
    /** Keeps copies. */
    public Take {
        rows = List.copyOf(rows);
        millis = List.copyOf(millis);
    }
}
