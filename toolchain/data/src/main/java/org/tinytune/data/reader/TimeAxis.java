package org.tinytune.data.reader;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tinytune.data.recording.TimeUnits;

/**
 * How often a series was read, by the times beside its rows.
 *
 * <p>The unit is what the user or the column's name says; dates are what they are; numbers since 1970 tell by their
 * size. Otherwise the steps tell it: fractions below 1 are seconds, fractions above it milliseconds, whole steps of 2
 * to 500 milliseconds, longer ones microseconds. Steps of 1 tell nothing.
 */
final class TimeAxis {
    /** Names of columns that hold times, and their unit where the name says it. */
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("time", ""),
            Map.entry("timestamp", ""),
            Map.entry("timestamps", ""),
            Map.entry("t", ""),
            Map.entry("datetime", ""),
            Map.entry("date_time", ""),
            Map.entry("epoch", ""),
            Map.entry("seconds", "s"),
            Map.entry("secs", "s"),
            Map.entry("seconds_elapsed", "s"),
            Map.entry("millis", "ms"),
            Map.entry("milliseconds", "ms"),
            Map.entry("micros", "us"),
            Map.entry("microseconds", "us"));

    private static final Pattern UNIT =
            Pattern.compile("(.*?)[\\s_]*[(\\[_ ]\\s*(s|sec|seconds|ms|us|\u00b5s|ns)\\s*[)\\]]?");

    private static final Pattern DATE = Pattern.compile("(\\d{4})-(\\d\\d)-(\\d\\d)[T ](\\d\\d):(\\d\\d)(?::(\\d\\d)"
            + "(?:[.,](\\d{1,9}))?)?\\s*(Z|UTC|[+-]\\d\\d:?\\d\\d)?");
    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]{1,18}(\\.[0-9]{1,18})?([eE][-+]?[0-9]{1,2})?");

    /** A longer step than as many usual ones is a gap. */
    private static final double GAP_STEPS = 3;

    /** Rates are told to this, relatively: times are rarely written more finely. */
    private static final double ROUND_RATE = 0.002;

    private final DataFile file;
    private final Optional<Double> statedUnit;
    private final OptionalDouble statedRate;
    private double[] steps = new double[1 << 10];
    private long[] lines = new long[1 << 10];
    private int count;
    private boolean dates;
    private double last;

    /**
     * @param statedUnit seconds of the unit that the user or the column's name says
     * @param statedRate which the user says; it settles what steps leave open
     */
    TimeAxis(DataFile file, Optional<Double> statedUnit, OptionalDouble statedRate) {
        this.file = file;
        this.statedUnit = statedUnit;
        this.statedRate = statedRate;
    }

    /** Whether a column of this name holds times. */
    static boolean isTime(String header) {
        return NAMES.containsKey(bare(header));
    }

    /** Seconds of the unit that the name of a column states. */
    static Optional<Double> unitOf(String header) {
        String name = header.strip().toLowerCase(Locale.ROOT);
        Matcher matcher = UNIT.matcher(name);
        String unit = NAMES.getOrDefault(name, "");
        if (unit.isEmpty() && matcher.matches() && NAMES.containsKey(matcher.group(1))) {
            unit = matcher.group(2).equals("\u00b5s") ? "us" : matcher.group(2);
            unit = unit.startsWith("sec") ? "s" : unit;
        }
        return unit.isEmpty() ? Optional.empty() : Optional.of(TimeUnits.parse(unit));
    }

    private static String bare(String header) {
        String name = header.strip().toLowerCase(Locale.ROOT);
        Matcher matcher = UNIT.matcher(name);
        return NAMES.containsKey(name) || !matcher.matches() ? name : matcher.group(1);
    }

    /** A time as a number: of seconds if it is a date. Empty if it is neither. */
    OptionalDouble parse(String cell) {
        if (NUMBER.matcher(cell).matches()) {
            return OptionalDouble.of(Double.parseDouble(cell));
        }
        Matcher date = DATE.matcher(cell);
        if (!date.matches()) {
            return OptionalDouble.empty();
        }
        dates = true;
        try {
            return OptionalDouble.of(seconds(date));
        } catch (DateTimeException e) {
            return OptionalDouble.empty();
        }
    }

    private static double seconds(Matcher date) {
        String second = date.group(6) == null ? "0" : date.group(6);
        LocalDateTime time = LocalDateTime.of(
                Integer.parseInt(date.group(1)),
                Integer.parseInt(date.group(2)),
                Integer.parseInt(date.group(3)),
                Integer.parseInt(date.group(4)),
                Integer.parseInt(date.group(5)),
                Integer.parseInt(second));
        String zone = date.group(8);
        ZoneOffset offset =
                zone == null || zone.startsWith("Z") || zone.startsWith("U") ? ZoneOffset.UTC : ZoneOffset.of(zone);
        double fraction = date.group(7) == null ? 0 : Double.parseDouble("0." + date.group(7));
        return time.toEpochSecond(offset) + fraction;
    }

    /** Adds the step from one row to the next of the same recording, and the line on which it ends. */
    void step(double from, double to, long line) {
        if (count == steps.length) {
            steps = Arrays.copyOf(steps, 2 * count);
            lines = Arrays.copyOf(lines, 2 * count);
        }
        steps[count] = to - from;
        lines[count++] = line;
        last = to;
    }

    /**
     * Rows a second: one over the mean of all steps that are no gaps, for jitter cancels out in it.
     *
     * @param notes told of gaps
     */
    double rateHz(List<String> notes) {
        double median = median();
        if (!(median > 0)) {
            throw file.invalid(
                    count == 0
                            ? " has too few rows to tell its rate: give rate = ... in Hz, or add rows"
                            : ": most of its times are like those before them, so that its rate is unknown (name the right"
                                    + " time_column, or give rate = ... in Hz and leave out the column)");
        }
        double unit = unit(median);
        double sum = 0;
        int used = 0;
        int gaps = 0;
        int longest = 0;
        for (int i = 0; i < count; i++) {
            if (steps[i] > GAP_STEPS * median) {
                longest = gaps == 0 || steps[i] > steps[longest] ? i : longest;
                gaps++;
            } else {
                sum += steps[i];
                used++;
            }
        }
        if (gaps > 0) {
            notes.add(String.format(
                    Locale.ROOT,
                    "%s has %d gap%s in its times, the longest of %.3f s before line %d: readings before and after are"
                            + " taken for neighbours",
                    file.name(),
                    gaps,
                    gaps == 1 ? "" : "s",
                    steps[longest] * unit,
                    lines[longest]));
        }
        return rounded(used / (sum * unit));
    }

    private double median() {
        double[] sorted = Arrays.copyOf(steps, count);
        Arrays.sort(sorted);
        return count == 0 ? 0 : sorted[count / 2];
    }

    private double unit(double median) {
        if (dates) {
            return 1;
        }
        if (statedUnit.isPresent()) {
            return statedUnit.get();
        }
        for (double epochSeconds = 1e9, unit = 1; unit > 1e-10; epochSeconds *= 1e3, unit /= 1e3) {
            if (last >= epochSeconds && last < 10 * epochSeconds) {
                return unit;
            }
        }
        for (double unit : new double[] {1, 1e-3, 1e-6}) {
            if (statedRate.isPresent() && Math.abs(1 / (median * unit) / statedRate.getAsDouble() - 1) < 0.1) {
                return unit;
            }
        }
        if (median == 1) {
            throw file.invalid(": its times count by 1, which could be seconds, milliseconds or rows: give time_unit ="
                    + " \"ms\" (or s, us), or rate = ... in Hz");
        }
        boolean whole = median == Math.rint(median);
        return median < 1 ? 1 : whole && median > 500 ? 1e-6 : 1e-3;
    }

    /** The whole number of hertz that is meant, if one is near. */
    private static double rounded(double rateHz) {
        double whole = Math.rint(rateHz);
        return whole >= 1 && Math.abs(rateHz - whole) <= ROUND_RATE * whole ? whole : rateHz;
    }
}
