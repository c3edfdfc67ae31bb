package org.tinytune.cli.collect;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.tinytune.cli.output.Output;
import org.tinytune.cli.output.ProgressLine;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.device.serial.JsscSerialLink;
import org.tinytune.device.serial.SerialLink;
import org.tinytune.device.stream.StreamFormat;
import org.tinytune.device.stream.StreamProbe;
import org.tinytune.device.stream.StreamRecorder;
import org.tinytune.device.stream.Take;
import org.tinytune.device.stream.TimedLines;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Records readings from a board into a data set. */
@Command(
        name = "collect",
        description = {
            "Record readings that a board prints, lines of numbers with commas between, into a data set.",
            "Examples: tinytune collect --sketch . writes an Arduino sketch that prints them; then",
            "tinytune collect --port /dev/ttyACM0 --label wave --out gestures --count 20 --prompt",
        })
public final class CollectCommand implements Callable<Integer> {
    private static final int MAX_SECONDS = 3600;
    private static final int MAX_READINGS = 10_000_000;

    /** Lines that come less often, or more often, than the rate says. */
    private static final double NOTABLE = 0.05;

    @ArgGroup(multiplicity = "1")
    private What what;

    /** One of the two. */
    private static final class What {
        @Option(
                names = "--sketch",
                paramLabel = "DIR",
                description = "Write the sketch to DIR/forwarder/forwarder.ino instead of recording.")
        private Path sketch;

        @ArgGroup(exclusive = false)
        private Where where;
    }

    /** What every recording needs. */
    private static final class Where {
        @Option(
                names = "--port",
                required = true,
                paramLabel = "P",
                description = "The board's serial port, as in /dev/ttyACM0 or COM3.")
        private String port;

        @Option(names = "--label", required = true, paramLabel = "L", description = "Of what is recorded.")
        private String label;

        @Option(
                names = "--out",
                required = true,
                paramLabel = "DIR",
                description = "Folder of the data set: recordings go to DIR/LABEL/0001.csv and on.")
        private Path out;
    }

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "2",
            description = "Length of a recording (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "1",
            description = "Recordings to make (default: ${DEFAULT-VALUE}).")
    private int count;

    @Option(
            names = "--pause",
            paramLabel = "S",
            defaultValue = "1",
            description = "Seconds between recordings (default: ${DEFAULT-VALUE}).")
    private double pause;

    @Option(names = "--prompt", description = "Wait for Enter before each recording.")
    private boolean prompt;

    @Option(
            names = "--baud",
            paramLabel = "B",
            defaultValue = "115200",
            description = "Of the line (default: ${DEFAULT-VALUE}).")
    private int baud;

    @Option(
            names = "--rate",
            paramLabel = "HZ",
            description =
                    "Readings a second (default: by a column of times, or as the sketch says, or as they arrive).")
    private Double rate;

    @Option(
            names = "--axes",
            split = ",",
            paramLabel = "NAME",
            description = "Names of the columns, as in ax,ay,az (default: as the sketch says).")
    private List<String> axes = List.of();

    @Mixin
    private Output output;

    /** What JSON shows of a sketch. */
    private record Sketch(String sketch) {}

    @Override
    public Integer call() {
        if (what.sketch != null) {
            String written = ForwarderSketch.write(what.sketch).toString();
            output.print(new Sketch(written), () -> written + "\n");
            return ExitCode.OK.code();
        }
        check();
        RecordingFolder folder = new RecordingFolder(what.where.out, what.where.label);
        CollectReport report;
        try (SerialLink link = JsscSerialLink.open(what.where.port, baud);
                ProgressLine progress = new ProgressLine()) {
            report = collect(link, folder, progress);
        }
        output.print(report, report::text);
        return ExitCode.OK.code();
    }

    private void check() {
        require(seconds > 0 && seconds <= MAX_SECONDS, "--seconds " + seconds + ": give up to " + MAX_SECONDS);
        require(pause >= 0 && pause <= MAX_SECONDS, "--pause " + pause + ": give 0 to " + MAX_SECONDS);
        require(count >= 1 && count <= 10_000, "--count " + count + ": give 1 to 10000");
        require(baud >= 300 && baud <= 4_000_000, "--baud " + baud + ": give 300 to 4000000");
        require(rate == null || rate > 0 && rate <= 1e6, "--rate " + rate + ": give hertz above 0");
        for (String axis : axes) {
            require(
                    axis.matches("[\\p{L}_][\\p{L}\\p{N} _./()-]{0,39}"),
                    "--axes '" + axis + "': a name begins with a letter, and has letters, digits and _ only");
        }
    }

    private static void require(boolean met, String message) {
        if (!met) {
            throw new TinytuneException(ExitCode.USAGE, message);
        }
    }

    private CollectReport collect(SerialLink link, RecordingFolder folder, ProgressLine progress) {
        progress.begin("listening to " + link.port());
        TimedLines lines = new TimedLines(link);
        StreamFormat format =
                StreamProbe.probe(lines, rate == null ? OptionalDouble.empty() : OptionalDouble.of(rate), axes);
        folder.prepare(format);
        tell(format, progress);
        int moments = moments(format);
        StreamRecorder recorder = new StreamRecorder(lines, format);
        EnterKey enter = prompt ? new EnterKey(System.in) : null;
        List<CollectReport.Recording> recordings = new ArrayList<>();
        for (int n = 1; n <= count; n++) {
            String which = what.where.label + ", " + n + " of " + count;
            if (prompt || n > 1) {
                progress.begin(prompt ? "press Enter to record " + which : "about to record " + which);
                recorder.idle(prompt ? enter::pressed : over(pause));
            }
            progress.begin("recording " + which);
            Take take = recorder.record(moments, progress::update);
            recordings.add(CollectReport.Recording.of(folder.add(take, format).toString(), take));
        }
        return CollectReport.of(link.port(), what.where.label, format, recordings);
    }

    private int moments(StreamFormat format) {
        double moments = Math.rint(seconds * format.rateHz());
        require(
                moments >= 2 && moments * format.columns().size() <= MAX_READINGS,
                String.format(
                        Locale.ROOT,
                        "--seconds %s at %s Hz are %.0f readings: give 2 to %,d",
                        seconds,
                        format.rateHz(),
                        moments,
                        MAX_READINGS / format.columns().size()));
        return (int) moments;
    }

    private static BooleanSupplier over(double seconds) {
        long begin = System.nanoTime();
        long nanos = Duration.ofMillis(Math.round(1e3 * seconds)).toNanos();
        return () -> System.nanoTime() - begin >= nanos;
    }

    private static void tell(StreamFormat format, ProgressLine progress) {
        String from = switch (format.rateFrom()) {
            case USER -> "as --rate says";
            case TIMES -> "by their times";
            case SKETCH -> "as the sketch says";
            case ARRIVAL -> "as they arrive";
        };
        progress.note(String.format(
                Locale.ROOT,
                "%s at %s Hz, %s; lines arrive at %.1f Hz with a jitter of %.1f ms",
                String.join(", ", format.axes()),
                BigDecimal.valueOf(format.rateHz())
                        .setScale(3, RoundingMode.HALF_EVEN)
                        .stripTrailingZeros()
                        .toPlainString(),
                from,
                format.arrivalHz(),
                format.jitterMillis()));
        if (Math.abs(format.arrivalHz() / format.rateHz() - 1) > NOTABLE) {
            progress.note("the rate and the arrival of lines differ: if the board does not keep up, use a lower rate or"
                    + " a higher baud");
        }
    }
}
