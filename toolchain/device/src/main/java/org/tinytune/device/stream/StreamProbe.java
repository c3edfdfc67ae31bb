package org.tinytune.device.stream;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.device.serial.SilenceException;

/**
 * Listens for a few seconds, to find out what lines of readings are: how many columns, their names, and how often they
 * come.
 */
public final class StreamProbe {
    /** A board that resets as its port is opened takes two for its bootloader. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final double LISTEN_SECONDS = 2;
    private static final double LONGEST_SECONDS = 15;
    private static final int FEWEST_READINGS = 8;

    /** Arrivals tell seconds from milliseconds, and no more. */
    private static final List<Double> TIME_UNITS = List.of(1.0, 1e-3, 1e-6, 1e-9);

    private final TimedLines lines;
    private final OptionalDouble statedRate;
    private final List<String> statedNames;
    private final List<Heard> heard = new ArrayList<>();
    private OptionalDouble sketchRate = OptionalDouble.empty();
    private List<String> sketchNames = List.of();
    private List<String> header = List.of();
    private String strange = "";
    private int strangeLines;
    private long moments;

    /** A line that is numbers. */
    private record Heard(long moment, double seconds, List<String> cells) {}

    private StreamProbe(TimedLines lines, OptionalDouble statedRate, List<String> statedNames) {
        this.lines = lines;
        this.statedRate = statedRate;
        this.statedNames = statedNames;
    }

    /**
     * Listens.
     *
     * @param statedRate which the user says; goes before all others
     * @param statedNames of all columns, or of all but the times'; empty if the user says none
     * @throws TinytuneException with {@link ExitCode#DEVICE_NOT_FOUND} if nothing comes for {@link #PATIENCE}, or what
     *     comes is mostly no readings, with {@link ExitCode#USAGE} if names are too many or too few
     */
    public static StreamFormat probe(TimedLines lines, OptionalDouble statedRate, List<String> statedNames) {
        StreamProbe probe = new StreamProbe(lines, statedRate, statedNames);
        try {
            probe.listen();
        } catch (SilenceException e) {
            throw silent(lines, e);
        } catch (IOException e) {
            throw new TinytuneException(ExitCode.DEVICE_NOT_FOUND, e.getMessage() + " (check the cable)", e);
        }
        return probe.format();
    }

    /** For a line that says nothing any more. */
    static TinytuneException silent(TimedLines lines, SilenceException e) {
        return new TinytuneException(
                ExitCode.DEVICE_NOT_FOUND,
                lines.port() + ": " + e.getMessage() + " for " + PATIENCE.toSeconds()
                        + " s (is the sketch running, and does it print with this --baud?)",
                e);
    }

    private void listen() throws IOException {
        TimedLines.Line line = lines.next(PATIENCE);
        long begin = line.arrivedNanos();
        boolean first = true;
        while (true) {
            double seconds = (line.arrivedNanos() - begin) / 1e9;
            add(line.text(), seconds, first);
            first = false;
            boolean enough =
                    heard.size() >= FEWEST_READINGS && seconds - heard.get(0).seconds() >= LISTEN_SECONDS;
            if (enough || seconds >= LONGEST_SECONDS) {
                return;
            }
            line = lines.next(PATIENCE);
        }
    }

    /** The first line may lack its beginning, which numbers do not show. */
    private void add(String line, double seconds, boolean first) {
        Optional<SketchRemark> remark = SketchRemark.parse(line);
        if (remark.isPresent()) {
            moments += remark.get().missed();
            sketchRate = remark.get().rateHz().isPresent() ? remark.get().rateHz() : sketchRate;
            sketchNames = remark.get().columns().isEmpty()
                    ? sketchNames
                    : remark.get().columns();
            return;
        }
        Optional<List<String>> numbers = Cells.numbers(line);
        if (numbers.isPresent() && first) {
            return;
        }
        if (numbers.isPresent()) {
            // Words before the first reading are a greeting.
            strangeLines = heard.isEmpty() ? 0 : strangeLines;
            heard.add(new Heard(moments++, seconds, numbers.get()));
            return;
        }
        strange = line;
        strangeLines++;
        if (heard.isEmpty()) {
            header = Cells.names(line).orElse(header);
        } else {
            moments++;
        }
    }

    private StreamFormat format() {
        Map<Integer, Long> widths = heard.stream()
                .collect(Collectors.groupingBy(h -> h.cells().size(), TreeMap::new, Collectors.counting()));
        Optional<Map.Entry<Integer, Long>> usual = widths.entrySet().stream().max(Map.Entry.comparingByValue());
        int width = usual.map(Map.Entry::getKey).orElse(0);
        List<Heard> readings =
                heard.stream().filter(h -> h.cells().size() == width).toList();
        int others = heard.size() - readings.size() + strangeLines;
        if (readings.size() < 3 || others > readings.size()) {
            throw notReadings(readings.size(), others);
        }
        SteadyRate arrival = arrival(readings);
        List<String> columns = columns(width);
        OptionalInt time = StreamFormat.timeIn(columns);
        if (time.isPresent() && width == 1) {
            throw new TinytuneException(
                    ExitCode.DEVICE_NOT_FOUND,
                    lines.port() + ": its only column is '" + columns.get(0) + "' (name others by --axes)");
        }
        double unit = time.isPresent() ? timeUnit(readings, time.getAsInt(), arrival) : 0;
        StreamFormat heardFormat = new StreamFormat(
                columns,
                time,
                unit,
                SteadyRate.rounded(arrival.hz()),
                StreamFormat.RateSource.ARRIVAL,
                arrival.hz(),
                arrival.jitterMillis());
        if (statedRate.isPresent()) {
            return heardFormat.withRate(statedRate.getAsDouble(), StreamFormat.RateSource.USER);
        }
        if (time.isPresent()) {
            double hz = SteadyRate.ofSteps(steps(readings, time.getAsInt(), unit));
            return heardFormat.withRate(SteadyRate.rounded(hz), StreamFormat.RateSource.TIMES);
        }
        return sketchRate.isPresent()
                ? heardFormat.withRate(sketchRate.getAsDouble(), StreamFormat.RateSource.SKETCH)
                : heardFormat;
    }

    private TinytuneException notReadings(int readings, int others) {
        String example = strange.isEmpty() ? "" : ", as in '" + printable(strange) + "'";
        return new TinytuneException(
                ExitCode.DEVICE_NOT_FOUND,
                others <= readings
                        ? lines.port() + ": only " + readings + " readings in " + Math.round(LONGEST_SECONDS)
                                + " s (does the sketch print a line for each?)"
                        : lines.port() + ": " + others + " of " + (readings + others) + " lines are no readings"
                                + example + " (check --baud, and that the sketch prints numbers with commas between)");
    }

    /** The start of a line, for a message of one. */
    static String printable(String line) {
        String start = line.length() <= 40 ? line : line.substring(0, 40) + "...";
        return start.replaceAll("[^ -~]", "?");
    }

    private SteadyRate arrival(List<Heard> readings) {
        SteadyRate arrival = SteadyRate.through(readings.stream()
                .map(h -> new SteadyRate.Moment(h.moment(), h.seconds()))
                .toList());
        if (!(arrival.hz() > 0 && Double.isFinite(arrival.hz()))) {
            throw new TinytuneException(
                    ExitCode.DEVICE_NOT_FOUND,
                    lines.port() + ": all lines come at once, so that their rate is unknown (give --rate)");
        }
        return arrival;
    }

    private List<String> columns(int width) {
        List<String> fallback = IntStream.rangeClosed(1, width)
                .mapToObj(c -> width == 1 ? "value" : "axis" + c)
                .toList();
        List<String> told = sketchNames.size() == width ? sketchNames : header.size() == width ? header : fallback;
        if (statedNames.isEmpty() || statedNames.size() == width) {
            return statedNames.isEmpty() ? told : statedNames;
        }
        OptionalInt time = StreamFormat.timeIn(told);
        if (time.isPresent() && statedNames.size() == width - 1) {
            List<String> names = new ArrayList<>(statedNames);
            names.add(time.getAsInt(), told.get(time.getAsInt()));
            return names;
        }
        throw new TinytuneException(
                ExitCode.USAGE,
                "--axes names " + statedNames.size() + " columns, but " + lines.port() + " sends " + width + ": "
                        + String.join(", ", told));
    }

    private static double timeUnit(List<Heard> readings, int column, SteadyRate arrival) {
        double step = 1 / SteadyRate.ofSteps(steps(readings, column, 1));
        return TIME_UNITS.stream()
                .min(Comparator.comparingDouble(unit -> Math.abs(Math.log(step * unit * arrival.hz()))))
                .orElseThrow();
    }

    private static double[] steps(List<Heard> readings, int column, double unit) {
        double[] steps = IntStream.range(1, readings.size())
                .mapToDouble(i -> unit
                        * (Double.parseDouble(readings.get(i).cells().get(column))
                                - Double.parseDouble(readings.get(i - 1).cells().get(column))))
                .filter(step -> step > 0)
                .toArray();
        if (steps.length == 0) {
            throw new TinytuneException(
                    ExitCode.DEVICE_NOT_FOUND, "the column of times stands still (name columns by --axes)");
        }
        return steps;
    }
}
