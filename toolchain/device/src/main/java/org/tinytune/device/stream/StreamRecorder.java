package org.tinytune.device.stream;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.device.Progress;
import org.tinytune.device.serial.SilenceException;

/** Records lines of readings whose format is known. */
public final class StreamRecorder {
    /** More of a recording are broken: something is wrong for good. */
    private static final double MAX_BROKEN = 0.1;

    private static final int ALWAYS_FORGIVEN = 3;

    /** A board may be slower than it says, as an emulated one is. */
    private static final int SLOWEST = 10;

    private static final Duration GLANCE = Duration.ofMillis(50);

    /** Of counters of 32 bits, such as {@code micros()}. */
    private static final double WRAP = 0x1p32;

    private final TimedLines lines;
    private final StreamFormat format;

    /** @param lines from which the format was found */
    public StreamRecorder(TimedLines lines, StreamFormat format) {
        this.lines = lines;
        this.format = format;
    }

    /**
     * Lets lines pass, so that the next recording begins with what is read then.
     *
     * @param until asked between lines, at least twenty times a second
     * @throws TinytuneException with {@link ExitCode#DEVICE_NOT_FOUND} if the line is gone
     */
    public void idle(BooleanSupplier until) {
        while (!until.getAsBoolean()) {
            try {
                lines.next(GLANCE);
            } catch (SilenceException e) {
                // It may well be silent until it is recorded.
                continue;
            } catch (IOException e) {
                throw gone(e);
            }
        }
    }

    /**
     * Records.
     *
     * @param moments how many, at least two; those that are broken count
     * @param progress told of each
     * @throws TinytuneException with {@link ExitCode#DEVICE_NOT_FOUND} if the board falls silent, is far too slow, or
     *     too many lines are broken
     */
    public Take record(int moments, Progress progress) {
        Recording recording = new Recording();
        long begin = lines.nanos();
        double longest = SLOWEST * (moments / format.rateHz() + 1);
        try {
            while (recording.moments < moments) {
                recording.add(lines.next(StreamProbe.PATIENCE).text());
                progress.update(Math.min(recording.moments, moments), moments);
                recording.check(moments);
                if ((lines.nanos() - begin) / 1e9 > longest) {
                    throw new TinytuneException(
                            ExitCode.DEVICE_NOT_FOUND,
                            lines.port() + ": " + recording.moments + " readings in " + Math.round(longest)
                                    + " s, far fewer than the rate says (check --rate)");
                }
            }
        } catch (SilenceException e) {
            throw StreamProbe.silent(lines, e);
        } catch (IOException e) {
            throw gone(e);
        }
        return recording.take();
    }

    private static TinytuneException gone(IOException e) {
        return new TinytuneException(ExitCode.DEVICE_NOT_FOUND, e.getMessage() + " (check the cable)", e);
    }

    /** What has been recorded so far. */
    private final class Recording {
        private final List<List<String>> rows = new ArrayList<>();
        private final List<Double> millis = new ArrayList<>();
        private final boolean boardTimes = format.rateFrom() == StreamFormat.RateSource.TIMES;
        private int moments;
        private int brokenLines;
        private int missed;
        private String broken = "";
        private double firstTime;
        private double lastTime;
        private double wraps;

        void add(String line) {
            Optional<SketchRemark> remark = SketchRemark.parse(line);
            if (remark.isPresent()) {
                int late = rows.isEmpty() ? 0 : remark.get().missed();
                moments += late;
                missed += late;
                return;
            }
            boolean isRow = Cells.numbers(line)
                    .filter(cells -> cells.size() == format.columns().size())
                    .filter(this::addRow)
                    .isPresent();
            if (!isRow) {
                broken = line;
                brokenLines++;
            }
            moments++;
        }

        /** A time that goes back is a line of which the beginning is lost. */
        private boolean addRow(List<String> cells) {
            double time = boardTimes ? boardMillis(cells) : 1e3 * moments / format.rateHz();
            if (!rows.isEmpty() && time <= lastTime) {
                return false;
            }
            firstTime = rows.isEmpty() ? time : firstTime;
            lastTime = time;
            millis.add(time - firstTime);
            rows.add(format.withoutTime(cells));
            return true;
        }

        private double boardMillis(List<String> cells) {
            double unit = 1e3 * format.timeUnit();
            double time = Double.parseDouble(cells.get(format.timeColumn().getAsInt())) + wraps;
            if (!rows.isEmpty() && lastTime / unit - time > WRAP / 2) {
                wraps += WRAP;
                time += WRAP;
            }
            return time * unit;
        }

        void check(int wanted) {
            if (brokenLines > Math.max(ALWAYS_FORGIVEN, MAX_BROKEN * wanted)) {
                throw new TinytuneException(
                        ExitCode.DEVICE_NOT_FOUND,
                        lines.port() + ": " + brokenLines + " of " + moments + " lines are broken, as in '"
                                + StreamProbe.printable(broken)
                                + "' (check the cable and --baud, and that nothing else is printed)");
            }
        }

        Take take() {
            if (rows.size() < 2) {
                throw new TinytuneException(
                        ExitCode.DEVICE_NOT_FOUND,
                        lines.port() + ": " + rows.size() + " readings in a recording (give more --seconds)");
            }
            return new Take(rows, millis, brokenLines, missed);
        }
    }
}
