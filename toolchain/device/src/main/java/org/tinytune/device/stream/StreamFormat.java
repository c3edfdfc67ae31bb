package org.tinytune.device.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * What lines of readings are.
 *
 * @param columns names in order, a time's among them
 * @param timeColumn which one is the board's time; it counts if the rate is from there
 * @param timeUnit seconds of a unit of that column
 * @param rateHz moments a second
 * @param rateFrom how that is known
 * @param arrivalHz how often lines come, whatever the sketch says
 * @param jitterMillis by which lines come too early or too late, the root of the mean square
 */
public record StreamFormat(
        List<String> columns,
        OptionalInt timeColumn,
        double timeUnit,
        double rateHz,
        RateSource rateFrom,
        double arrivalHz,
        double jitterMillis) {

    /** How a rate is known. */
    public enum RateSource {
        /** The user says it. */
        USER,
        /** A column of times. */
        TIMES,
        /** The sketch says it. */
        SKETCH,
        /** When lines came. */
        ARRIVAL
    }

    /** Keeps a copy. */
    public StreamFormat {
        columns = List.copyOf(columns);
    }

    /** The same lines with a rate that is known better. */
    StreamFormat withRate(double hz, RateSource from) {
        return new StreamFormat(columns, timeColumn, timeUnit, hz, from, arrivalHz, jitterMillis);
    }

    /** The names of the columns that are readings. */
    public List<String> axes() {
        return withoutTime(columns);
    }

    /** What is left of a row without its time. */
    List<String> withoutTime(List<String> row) {
        List<String> left = new ArrayList<>(row);
        timeColumn.ifPresent(column -> left.remove(column));
        return left;
    }

    /** The column that is called a time. */
    static OptionalInt timeIn(List<String> columns) {
        for (int c = 0; c < columns.size(); c++) {
            if (columns.get(c).matches("(?i)(t|time|timestamp|micros|millis|seconds)([ _(\\[].*)?")) {
                return OptionalInt.of(c);
            }
        }
        return OptionalInt.empty();
    }
}
