package org.tinytune.data.reader;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.tinytune.data.recording.TimeUnits;

/**
 * How often a series was read, by the times beside its rows.
 *
 * <p>The unit is what the user or the column's name says; dates are what they are; numbers since 1970 tell by their
 * size. Otherwise the steps tell it: fractions below 1 are seconds, fractions above it milliseconds, whole steps of 2
 * to 500 milliseconds, longer ones microseconds, those of a million or more nanoseconds. Steps of 1 tell nothing.
 */
final class TimeAxis {
    private static final String CLOCK = "(\\d{1,2}):(\\d\\d)(?::(\\d\\d)(?:[.,](\\d{1,9}))?)?";
    private static final Pattern DATE =
            Pattern.compile("(\\d{4})[-/](\\d\\d)[-/](\\d\\d)[T ]+" + CLOCK + "\\s*(Z|UTC|[+-]\\d\\d:?\\d\\d)?");
    private static final Pattern EUROPEAN_DATE =
            Pattern.compile("(\\d{1,2})\\.(\\d{1,2})\\.(\\d{4})[T ]+" + CLOCK + "()");
    private static final Pattern SLASH_DATE = Pattern.compile("(\\d{1,2})/(\\d{1,2})/(\\d{4})[T ,]+" + CLOCK);
    private static final Pattern TIME_OF_DAY = Pattern.compile(CLOCK);
    private static final Pattern NUMBER =
            Pattern.compile("[-+]?([0-9]{1,40}(\\.[0-9]{0,40})?|\\.[0-9]{1,40})([eE][-+]?[0-9]{1,2})?");

    /** September 2001, from when on seconds since 1970 have ten digits, and 2040. */
    private static final double FIRST_EPOCH = 1e9;

    private static final double LAST_EPOCH = 2.2e9;

    private static final List<Double> UNITS = List.of(1.0, 1e-3, 1e-6, 1e-9);

    static final double SECONDS_A_DAY = 86_400;

    /** Longer whole steps are of a finer unit than milliseconds. */
    private static final double MAX_MILLISECONDS = 500;

    /** Numbers of the size of times since 1970 are none if they are further apart. */
    private static final double MAX_STEP_SECONDS = 1000;

    /** Steps of as many or more, on average, are nanoseconds: of a coarser unit they would be seconds long. */
    static final double MIN_NANOSECONDS = 1e6;

    /** Times since 1970 in microseconds are often a second apart, and no phone reads its nanoseconds so fast. */
    private static final double MAX_MICROSECONDS_SINCE_1970 = 1.5e6;

    /** A longer step than as many usual ones is a gap: no window bridges it. */
    static final double GAP_STEPS = 5;

    /** A longer step than as many usual ones says nothing of the rate: some readings are missing. */
    private static final double RATE_STEPS = 3;

    /** More of all steps are no gaps: readings came in bursts, and were given the time at which they came. */
    private static final double MAX_GAPS = 0.05;

    /** Of fewer steps, a gap is more than its share. */
    private static final int MIN_BURST_STEPS = 40;

    /** Few series are read faster. */
    private static final double MAX_USUAL_HZ = 20_000;

    /** What a stated rate may be off that of the times, relatively. */
    private static final double RATE_TOLERANCE = 0.1;

    /** Rates are told to this, relatively: times are rarely written more finely. */
    private static final double ROUND_RATE = 0.002;

    private final DataFile file;
    private final Optional<Double> statedUnit;
    private final OptionalDouble statedRate;
    private final SlashDates slashDates = new SlashDates();
    private double[] steps = new double[1 << 10];
    private long[] lines = new long[1 << 10];
    private int count;
    private boolean dates;
    private boolean clock;
    private double median;
    private int medianOf = -1;
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

    /** Seconds of the unit in which a number is a time since 1970, by its size; empty if it is of another. */
    static Optional<Double> unitSince1970(double time) {
        return UNITS.stream()
                .filter(unit -> time >= FIRST_EPOCH / unit && time < LAST_EPOCH / unit)
                .findFirst();
    }

    /** The number in a cell; NaN if there is none. */
    static double number(String cell) {
        return NUMBER.matcher(cell).matches() ? Double.parseDouble(cell) : Double.NaN;
    }

    /** A time as a number: of seconds if it is a date. Empty if it is neither. */
    OptionalDouble parse(String cell) {
        double number = number(cell);
        if (!Double.isNaN(number)) {
            return OptionalDouble.of(number);
        }
        try {
            OptionalDouble date = date(cell);
            dates |= date.isPresent();
            clock = date.isPresent() && !isDate(cell);
            return date;
        } catch (DateTimeException e) {
            return OptionalDouble.empty();
        }
    }

    /** Whether what was parsed last is a time of day after midnight, that before it being one of the day before. */
    boolean isNextDay(double before, double time) {
        return clock && before - time > SECONDS_A_DAY / 2;
    }

    private OptionalDouble date(String cell) {
        Matcher iso = DATE.matcher(cell);
        if (iso.matches()) {
            return OptionalDouble.of(seconds(iso, iso.group(1), iso.group(2), iso.group(3)));
        }
        Matcher european = EUROPEAN_DATE.matcher(cell);
        if (european.matches()) {
            return OptionalDouble.of(seconds(european, european.group(3), european.group(2), european.group(1)));
        }
        Matcher slashed = SLASH_DATE.matcher(cell);
        if (slashed.matches()) {
            OptionalLong days = slashDates.daysSinceFirst(
                    Integer.parseInt(slashed.group(1)),
                    Integer.parseInt(slashed.group(2)),
                    Integer.parseInt(slashed.group(3)));
            return days.isPresent()
                    ? OptionalDouble.of(days.getAsLong() * SECONDS_A_DAY + secondOfDay(slashed, 4))
                    : OptionalDouble.empty();
        }
        Matcher clock = TIME_OF_DAY.matcher(cell);
        return clock.matches() ? OptionalDouble.of(secondOfDay(clock, 1)) : OptionalDouble.empty();
    }

    /** @param hour the group that holds it, those of minute, second and fraction behind it */
    private static double secondOfDay(Matcher clock, int hour) {
        LocalTime time = time(clock.group(hour), clock.group(hour + 1), clock.group(hour + 2));
        return time.toSecondOfDay() + fraction(clock.group(hour + 3));
    }

    /** Why a cell that was not parsed is no time: a sentence without its end. */
    static String refusal(String cell) {
        return "'" + CsvTable.shown(cell)
                + (SLASH_DATE.matcher(cell).matches()
                        ? "' is no date, or whether its day or its month comes first cannot be told from the dates up"
                                + " to it: write them as 2026-01-31 12:00:00.250"
                        : "' is no time (a number, or a date such as 2026-01-31T12:00:00.250Z)");
    }

    /** Seconds since 1970. */
    private static double seconds(Matcher date, String year, String month, String day) {
        LocalDate on = LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day));
        LocalDateTime time = on.atTime(time(date.group(4), date.group(5), date.group(6)));
        String zone = date.group(8);
        boolean utc = zone == null || zone.isEmpty() || zone.startsWith("Z") || zone.startsWith("U");
        return time.toEpochSecond(utc ? ZoneOffset.UTC : ZoneOffset.of(zone)) + fraction(date.group(7));
    }

    private static LocalTime time(String hour, String minute, String second) {
        return LocalTime.of(
                Integer.parseInt(hour), Integer.parseInt(minute), second == null ? 0 : Integer.parseInt(second));
    }

    private static double fraction(String digits) {
        return digits == null ? 0 : Double.parseDouble("0." + digits);
    }

    /** Whether a cell is a date with a time, which no reading is. */
    static boolean isDate(String cell) {
        return DATE.matcher(cell).matches()
                || EUROPEAN_DATE.matcher(cell).matches()
                || SLASH_DATE.matcher(cell).matches();
    }

    /** Whether a cell can be a time. */
    static boolean isTimeCell(String cell) {
        return NUMBER.matcher(cell).matches()
                || DecimalMark.isComma(cell)
                || isDate(cell)
                || TIME_OF_DAY.matcher(cell).matches();
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

    /** How many steps have been added. */
    int steps() {
        return count;
    }

    /** The line on which a step ends. */
    long line(int step) {
        return lines[step];
    }

    /**
     * Rows a second: one over the mean of all steps that are not too long, for jitter cancels out in it. Times that
     * tell none give way to the stated rate.
     *
     * @param notes told if readings came in bursts, of a unit that is guessed, and of times that tell nothing
     */
    double rateHz(List<String> notes) {
        double median = median();
        if (tellNoRate()) {
            double rate = statedRate.orElseThrow(() -> file.invalid(whatToDo()));
            if (count > 0) {
                notes.add(file.name() + " has times " + whyNoRate()
                        + ": its readings are taken for evenly spaced, at the rate that is stated");
            }
            return rate;
        }
        boolean bursts = comeInBursts();
        if (bursts) {
            notes.add(file.name() + " has times that come in bursts: its readings are taken for evenly spaced, and no"
                    + " step for a gap");
        }
        double sum = 0;
        int used = 0;
        for (int i = 0; i < count; i++) {
            if (bursts || steps[i] <= RATE_STEPS * median) {
                sum += steps[i];
                used++;
            }
        }
        double rate = rounded(used / (sum * unit(median)));
        if (knownUnit(median).isEmpty()) {
            notes.add("times in steps of " + rough(median) + " are taken for " + TimeUnits.name(unit(median))
                    + ", which makes about " + rough(rate) + " Hz (time_unit = \"s\", \"ms\", \"us\" or \"ns\","
                    + " or --time-unit, says another unit)");
        }
        return rate;
    }

    /** Whether the rate has to be said, as there are no steps, or they are nothing or count rows. */
    private boolean tellNoRate() {
        double median = median();
        return !(median > 0) || (median == 1 && knownUnit(median).isEmpty());
    }

    /** Whether times are numbers of rows at the stated rate: where rows are missing, there is a gap. */
    private boolean countRows() {
        if (!tellNoRate() || median() != 1 || statedRate.isEmpty()) {
            return false;
        }
        double mean = Arrays.stream(steps, 0, count).sum() / count;
        boolean bursts = hasManyGaps() && unitAtStatedRate(mean).isPresent();
        return !bursts;
    }

    private String whyNoRate() {
        if (countRows()) {
            return "that only count its rows";
        }
        return median() > 0 ? "that come in bursts" : "of which most are like those before them";
    }

    /** The unit in which steps of a length are those of the stated rate. */
    private Optional<Double> unitAtStatedRate(double step) {
        return UNITS.stream().filter(unit -> isStatedRate(1 / (step * unit))).findFirst();
    }

    private boolean isStatedRate(double rateHz) {
        return statedRate.isPresent() && Math.abs(rateHz / statedRate.getAsDouble() - 1) < RATE_TOLERANCE;
    }

    private String whatToDo() {
        if (count == 0) {
            return " has too few rows to tell its rate: give rate = ... in Hz (or --rate), or add rows";
        }
        return median() > 0
                ? ": its times count by 1, which could be seconds, milliseconds or rows: give time_unit = \"ms\" (or s,"
                        + " us), or rate = ... in Hz"
                : ": most of its times are like those before them, so that its rate is unknown: give rate = ... in Hz"
                        + " (or --rate), or name the right time_column";
    }

    /** Why the unit of the times may be wrong, if it is not guessed, which is told anyway. */
    Optional<String> doubt(double rateHz) {
        if (tellNoRate() || rateHz <= MAX_USUAL_HZ) {
            return Optional.empty();
        }
        return knownUnit(median())
                .map(unit -> "times in steps of " + rough(median()) + " " + TimeUnits.name(unit)
                        + (statedUnit.isPresent() ? ", as their column says," : "") + " make about " + rough(rateHz)
                        + " Hz"
                        + (dates
                                ? ", which few sensors have"
                                : ": if their unit is another one, say time_unit = \"s\" (or ms, us, ns), or"
                                        + " --time-unit"));
    }

    /**
     * The steps that are gaps, as indices in the order in which they were added.
     *
     * @param notes told of them
     */
    int[] gaps(List<String> notes) {
        double median = median();
        boolean counts = countRows();
        if ((tellNoRate() && !counts) || comeInBursts()) {
            return new int[0];
        }
        int[] gaps = IntStream.range(0, count)
                .filter(i -> steps[i] > GAP_STEPS * median)
                .toArray();
        if (gaps.length > 0) {
            int longest = gaps[0];
            for (int gap : gaps) {
                longest = steps[gap] > steps[longest] ? gap : longest;
            }
            notes.add(String.format(
                    Locale.ROOT,
                    "%s has %d gap%s in its times, the longest of %.3f s before line %d: it is cut there, and no window"
                            + " bridges one",
                    file.name(),
                    gaps.length,
                    gaps.length == 1 ? "" : "s",
                    steps[longest] * (counts ? 1 / statedRate.getAsDouble() : unit(median)),
                    lines[longest]));
        }
        return gaps;
    }

    /** Whether many steps are long, unless the others are of the stated rate, so that readings are missing there. */
    private boolean comeInBursts() {
        return hasManyGaps() && !countRows() && !isStatedRate(1 / (median() * unit(median())));
    }

    private boolean hasManyGaps() {
        double median = median();
        long gaps = IntStream.range(0, count)
                .filter(i -> steps[i] > GAP_STEPS * median)
                .count();
        return count >= MIN_BURST_STEPS && gaps > MAX_GAPS * count;
    }

    private double median() {
        if (medianOf != count) {
            double[] sorted = Arrays.copyOf(steps, count);
            Arrays.sort(sorted);
            median = count == 0 ? 0 : sorted[count / 2];
            medianOf = count;
        }
        return median;
    }

    private double unit(double median) {
        return knownUnit(median).orElseGet(() -> guessedUnit(median));
    }

    /** What is said of the unit, or follows from dates, times since 1970, or the stated rate. */
    private Optional<Double> knownUnit(double median) {
        if (dates) {
            return Optional.of(1.0);
        }
        if (statedUnit.isPresent()) {
            return statedUnit;
        }
        return unitAtStatedRate(median).or(() -> unitSince1970(last).filter(unit -> isStep(median, unit)));
    }

    /**
     * Whether times since 1970 may be so far apart. A phone that was started weeks ago counts nanoseconds of the size
     * of today's microseconds.
     */
    private static boolean isStep(double median, double unit) {
        return median * unit < MAX_STEP_SECONDS && (unit != 1e-6 || median < MAX_MICROSECONDS_SINCE_1970);
    }

    private static double guessedUnit(double median) {
        boolean whole = median == Math.rint(median);
        if (whole && median > MAX_MILLISECONDS) {
            return median >= MIN_NANOSECONDS ? 1e-9 : 1e-6;
        }
        return median < 1 ? 1 : 1e-3;
    }

    /** With two digits: what most files of a set have in common. */
    private static String rough(double number) {
        return new BigDecimal(number)
                .round(new MathContext(2))
                .stripTrailingZeros()
                .toPlainString();
    }

    /** The whole number of hertz that is meant, if one is near. */
    private static double rounded(double rateHz) {
        double whole = Math.rint(rateHz);
        return whole >= 1 && Math.abs(rateHz - whole) <= ROUND_RATE * whole ? whole : rateHz;
    }
}
