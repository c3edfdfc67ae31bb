package org.tinytune.data.recording;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import org.tinytune.core.DecimalText;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.Int16Store;
import org.tinytune.data.Parallel;
import org.tinytune.data.SignalFormat;
import org.tinytune.data.recording.RecordingSource.Take;
import org.tinytune.data.recording.RecordingSurvey.Facts;
import org.tinytune.data.recording.RecordingSurvey.Surveyed;

/**
 * How the recordings of a set become windows of one shape, rate and scale. Those for training come first, then those
 * for testing, each in the order of their files.
 */
public final class RecordingWindows {
    private static final double DEFAULT_AUDIO_SECONDS = 1;
    private static final double DEFAULT_SERIES_SECONDS = 2;
    private static final int MAX_WINDOW_VALUES = 1 << 22;
    private static final long MAX_BYTES = 64L << 30;

    /** Few sensors are read more seldom, but times of a unit that is taken for another say so. */
    private static final double MIN_USUAL_HZ = 0.1;

    /** Raised whenever the same files are decoded, or cut, to other windows than before. */
    private static final int VERSION = 2;

    private final RecordingSurvey survey;
    private final Readings.Kind kind;
    private final boolean mono;
    private final SetRate rate;
    private final WindowCutter cutter;
    private final List<Cut> cuts = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /**
     * A recording and its windows.
     *
     * @param recording by its place in the survey
     * @param first its first window's place in the set
     * @param count windows, at least one
     */
    public record Cut(int recording, int first, int count) {}

    /**
     * Plans the windows of all recordings.
     *
     * @throws org.tinytune.core.TinytuneException with {@link org.tinytune.core.ExitCode#INVALID_INPUT} if they would
     *     be too large or too many, or a rate is too far from that of the set
     */
    public RecordingWindows(RecordingSurvey survey, RecordingOptions options) {
        List<Facts> recordings = survey.recordings();
        Facts first = recordings.get(0);
        this.survey = survey;
        this.kind = first.kind();
        this.mono = options.mono();
        RecordingScale scale = RecordingScale.of(recordings, options.scale());
        this.rate = options.rate().map(SetRate::new).orElseGet(() -> SetRate.ofMost(recordings));
        noteResampled(recordings);
        SignalFormat format =
                new SignalFormat(rate.hz(), scale.scale(), mono ? List.of("mono") : first.channels(), first.unit());
        int window = options.windows()
                .length()
                .map(span -> span.frames(rate.hz()))
                .orElseGet(() -> {
                    double seconds = kind == Readings.Kind.AUDIO ? DEFAULT_AUDIO_SECONDS : DEFAULT_SERIES_SECONDS;
                    int longest =
                            recordings.stream().mapToInt(this::frames).max().orElseThrow();
                    return (int) Math.max(1, Math.min(longest, Math.rint(seconds * rate.hz())));
                });
        this.cutter = WindowCutter.of(format, window, kind, options);
        addCuts(recordings);
        addNotes(recordings, options);
        scale.note().ifPresent(notes::add);
    }

    /** One note for all, however many rates they have. */
    private void noteResampled(List<Facts> recordings) {
        List<Facts> resampled = recordings.stream()
                .filter(r -> !rate.isThatOf(kind, r.rateHz()))
                .toList();
        for (Facts recording : resampled) {
            if (!rate.isNear(recording.rateHz())) {
                throw RecordingSurvey.invalid(recording.source() + " has a rate of " + number(recording.rateHz())
                        + " Hz, too far from the " + number(rate.hz())
                        + " Hz of the set to be resampled (say rate = ... or remove it)");
            }
        }
        DoubleSummaryStatistics rates =
                resampled.stream().mapToDouble(Facts::rateHz).summaryStatistics();
        if (!resampled.isEmpty()) {
            String from = number(rates.getMin());
            String to = number(rates.getMax());
            notes.add(RecordingSurvey.counted(resampled.size(), "recording") + " of "
                    + (from.equals(to) ? from : from + " to " + to) + " Hz resampled to " + number(rate.hz())
                    + " Hz");
        }
    }

    /** Frames at the rate of the set. */
    private int frames(Facts recording) {
        return rate.frames(kind, recording.rateHz(), recording.frames());
    }

    private void addCuts(List<Facts> recordings) {
        long values = (long) cutter.window() * format().channels().size();
        if (values > MAX_WINDOW_VALUES) {
            throw RecordingSurvey.invalid("a window of " + number(cutter.window() / rate.hz()) + " s at "
                    + number(rate.hz()) + " Hz holds " + values + " values, at most " + MAX_WINDOW_VALUES
                    + " are possible: make window shorter, or rate lower");
        }
        long total = 0;
        for (DataPart part : DataPart.values()) {
            for (int i = 0; i < recordings.size(); i++) {
                Facts recording = recordings.get(i);
                if (partOf(recording) == part) {
                    int count = cutter.count(kind, recording.rateHz(), recording.frames());
                    cuts.add(new Cut(i, (int) total, count));
                    total += count;
                    checkTotal(total, values);
                }
            }
        }
    }

    private void checkTotal(long windows, long values) {
        if (windows > Integer.MAX_VALUE || windows * values > MAX_BYTES / Short.BYTES) {
            throw RecordingSurvey.invalid("more than " + (windows - 1) + " windows of "
                    + number(cutter.window() / rate.hz()) + " s, one every " + number(cutter.stride() / rate.hz())
                    + " s, would take more than " + (MAX_BYTES >> 30) + " GiB: make window_stride longer");
        }
    }

    private static DataPart partOf(Facts recording) {
        return recording.part().orElse(DataPart.TRAINING);
    }

    private void addNotes(List<Facts> recordings, RecordingOptions options) {
        double rateHz = rate.hz();
        double scale = format().scale();
        int window = cutter.window();
        List<Facts> deciding = RecordingScale.deciding(recordings);
        if (kind == Readings.Kind.SERIES && !mono) {
            ScaleCheck.note(deciding, scale, options.scale().isPresent()).ifPresent(notes::add);
        }
        if (options.windows().length().isEmpty()) {
            notes.add("windows of " + number(window / rateHz) + " s, as nothing else is said (window = \"...\")");
        }
        if (options.rate().isEmpty() && isSlow(recordings, options)) {
            notes.add("at " + number(rateHz) + " Hz a reading is taken every " + number(1 / rateHz) + " s, and a window"
                    + " holds " + RecordingSurvey.counted(window, "reading") + ": if times are of another unit, say"
                    + " time_unit = \"ms\" (or s, us, ns), or --time-unit, otherwise how long windows are (window ="
                    + " \"...\")");
        }
        long padded = recordings.stream().filter(r -> frames(r) < window).count();
        if (padded > 0) {
            notes.add(padded + " of " + RecordingSurvey.counted(recordings.size(), "recording")
                    + " are shorter than a window and padded (window_padding = \""
                    + cutter.padding().id() + "\")");
        }
        if (options.scale().isEmpty() && recordings.stream().anyMatch(r -> r.scale() != scale) && scale != 1) {
            notes.add("readings are stored as counts of " + shortest(scale) + unit() + ", which hold the largest, "
                    + number(RecordingScale.peak(deciding)));
        }
    }

    /** Whether the rate is so low that it may be a mistake, or windows hold one reading that nobody asked for. */
    private boolean isSlow(List<Facts> recordings, RecordingOptions options) {
        boolean asked = options.windows().length().filter(Span::isFrames).isPresent();
        boolean single = cutter.window() == 1 && !asked && recordings.stream().anyMatch(r -> frames(r) > 1);
        return kind == Readings.Kind.SERIES && (rate.hz() < MIN_USUAL_HZ || single);
    }

    private String unit() {
        String unit = survey.recordings().get(0).unit();
        return unit.isEmpty() ? "" : " " + unit;
    }

    private static String shortest(double value) {
        return new BigDecimal(DecimalText.of(value)).stripTrailingZeros().toPlainString();
    }

    /** A number as messages show it. */
    static String number(double value) {
        boolean plain = value == 0 || (Math.abs(value) >= 0.001 && Math.abs(value) < 1e15);
        return plain
                ? String.format(Locale.ROOT, "%.4f", value).replaceAll("\\.?0+$", "")
                : new BigDecimal(value).round(new MathContext(3)).toString();
    }

    /** The shape of a window: {@code [frames, 1, channels]}. */
    public Shape shape() {
        return Shape.of(cutter.window(), 1, format().channels().size());
    }

    /** Frames from the beginning of one window to that of the next. */
    public int stride() {
        return cutter.stride();
    }

    /** What the counts of a window mean. */
    public SignalFormat format() {
        return cutter.format();
    }

    /** All recordings with their windows, in the order of the set. */
    public List<Cut> cuts() {
        return cuts;
    }

    /** The number of windows. */
    public int size() {
        Cut last = cuts.get(cuts.size() - 1);
        return last.first() + last.count();
    }

    /** What a user should know of how recordings became windows. */
    public List<String> notes() {
        return notes;
    }

    /** Cuts all windows, in memory or in the cache. */
    public Int16Store store(WindowCache cache) {
        return cache.store(this::cacheKey, shape().elements(), size(), this::fill);
    }

    private String cacheKey() {
        StringBuilder key = new StringBuilder(survey.fingerprint())
                .append('\n')
                .append(VERSION)
                .append(' ')
                .append(Double.toHexString(rate.hz()))
                .append(' ')
                .append(Double.toHexString(format().scale()))
                .append(' ')
                .append(mono)
                .append(' ')
                .append(cutter.window())
                .append(' ')
                .append(cutter.stride())
                .append(' ')
                .append(cutter.padding().id());
        format().channels()
                .forEach(c -> key.append('\n').append(c.length()).append(' ').append(c));
        cuts.forEach(cut -> key.append('\n').append(cut.recording()).append(' ').append(cut.first()));
        return RecordingSurvey.sha256(key.toString());
    }

    private void fill(Int16Store.Sink sink) {
        List<Surveyed> files = survey.files();
        int[] firstRecording = new int[files.size()];
        int[] firstWindow = new int[survey.recordings().size()];
        for (int i = 1; i < files.size(); i++) {
            firstRecording[i] =
                    firstRecording[i - 1] + files.get(i - 1).recordings().size();
        }
        cuts.forEach(cut -> firstWindow[cut.recording()] = cut.first());
        Parallel.ofMachine().forEach(files.size(), i -> {
            int recording = firstRecording[i];
            for (Take take : files.get(i).takes()) {
                cutter.cut(take.readings(), firstWindow[recording++], sink);
            }
        });
    }
}
