package org.tinytune.data.recording;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
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

    /** Rates that follow from the times of readings are no better known. */
    static final double SERIES_RATE_TOLERANCE = 0.01;

    private final RecordingSurvey survey;
    private final boolean mono;
    private final double rateHz;
    private final double scale;
    private final int channels;
    private final int window;
    private final int stride;
    private final Padding padding;
    private final Map<Double, Resampler> resamplers = new TreeMap<>();
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
        this.survey = survey;
        this.mono = options.mono();
        this.channels = mono ? 1 : recordings.get(0).channels().size();
        this.scale = RecordingScale.choose(recordings, options.scale());
        this.rateHz = options.rate().orElseGet(() -> commonRate(recordings));
        addResamplers(recordings);
        boolean audio = recordings.get(0).kind() == Readings.Kind.AUDIO;
        this.window = options.windows()
                .length()
                .map(span -> span.frames(rateHz))
                .orElseGet(() -> {
                    double seconds = audio ? DEFAULT_AUDIO_SECONDS : DEFAULT_SERIES_SECONDS;
                    int longest =
                            recordings.stream().mapToInt(this::frames).max().orElseThrow();
                    return (int) Math.max(1, Math.min(longest, Math.rint(seconds * rateHz)));
                });
        this.stride =
                options.windows().stride().map(span -> span.frames(rateHz)).orElse(window);
        this.padding = options.windows().padding().orElse(audio ? Padding.CENTRE : Padding.REPEAT);
        addCuts(recordings);
        addNotes(recordings, options);
    }

    /** That of most recordings; of two as frequent, the lower. */
    private static double commonRate(List<Facts> recordings) {
        Map<Double, Integer> counts = new TreeMap<>();
        recordings.forEach(r -> counts.merge(r.rateHz(), 1, Integer::sum));
        double common = 0;
        for (Map.Entry<Double, Integer> rate : counts.entrySet()) {
            if (common == 0 || rate.getValue() > counts.get(common)) {
                common = rate.getKey();
            }
        }
        return common;
    }

    private void addResamplers(List<Facts> recordings) {
        Map<Double, Integer> resampled = new TreeMap<>();
        for (Facts recording : recordings) {
            double from = recording.rateHz();
            boolean tolerated = recording.kind() == Readings.Kind.SERIES
                    && Math.abs(from - rateHz) <= SERIES_RATE_TOLERANCE * rateHz;
            if (from == rateHz || tolerated) {
                continue;
            }
            if (Math.max(from / rateHz, rateHz / from) > Resampler.MAX_RATIO) {
                throw RecordingSurvey.invalid(recording.source() + " has a rate of " + number(from)
                        + " Hz, too far from the " + number(rateHz)
                        + " Hz of the set to be resampled (say rate = ... or remove it)");
            }
            resamplers.computeIfAbsent(from, rate -> new Resampler(rate, rateHz));
            resampled.merge(from, 1, Integer::sum);
        }
        resampled.forEach((from, count) -> notes.add(RecordingSurvey.counted(count, "recording") + " of " + number(from)
                + " Hz resampled to " + number(rateHz) + " Hz"));
    }

    /** Frames at the rate of the set. */
    private int frames(Facts recording) {
        Resampler resampler = resamplers.get(recording.rateHz());
        return resampler == null ? recording.frames() : resampler.frames(recording.frames());
    }

    private void addCuts(List<Facts> recordings) {
        if ((long) window * channels > MAX_WINDOW_VALUES) {
            throw RecordingSurvey.invalid("a window of " + number(window / rateHz) + " s at " + number(rateHz)
                    + " Hz holds " + (long) window * channels + " values, at most " + MAX_WINDOW_VALUES
                    + " are possible: make window shorter, or rate lower");
        }
        long total = 0;
        for (DataPart part : DataPart.values()) {
            for (int i = 0; i < recordings.size(); i++) {
                if (partOf(recordings.get(i)) == part) {
                    int frames = frames(recordings.get(i));
                    int count = count(frames);
                    cuts.add(new Cut(i, (int) total, count));
                    total += count;
                    checkTotal(total);
                }
            }
        }
    }

    private int count(int frames) {
        return Recording.windows(frames, window, stride);
    }

    private void checkTotal(long windows) {
        if (windows > Integer.MAX_VALUE || windows * window * channels > MAX_BYTES / Short.BYTES) {
            throw RecordingSurvey.invalid("more than " + (windows - 1) + " windows of " + number(window / rateHz)
                    + " s, one every " + number(stride / rateHz) + " s, would take more than " + (MAX_BYTES >> 30)
                    + " GiB: make window_stride longer");
        }
    }

    private static DataPart partOf(Facts recording) {
        return recording.part().orElse(DataPart.TRAINING);
    }

    private void addNotes(List<Facts> recordings, RecordingOptions options) {
        if (recordings.get(0).kind() == Readings.Kind.SERIES && !mono) {
            ScaleCheck.note(recordings, scale, options.scale().isPresent()).ifPresent(notes::add);
        }
        if (options.windows().length().isEmpty()) {
            notes.add("windows of " + number(window / rateHz) + " s, as nothing else is said (window = \"...\")");
        }
        if (options.rate().isEmpty() && isSlow(recordings, options)) {
            notes.add("at " + number(rateHz) + " Hz a reading is taken every " + number(1 / rateHz) + " s, and a window"
                    + " holds " + RecordingSurvey.counted(window, "reading") + ": if times are of another unit, say"
                    + " time_unit = \"ms\" (or s, us, ns) in dataset.toml, otherwise how long windows are (window ="
                    + " \"...\")");
        }
        long padded = recordings.stream().filter(r -> frames(r) < window).count();
        if (padded > 0) {
            notes.add(padded + " of " + RecordingSurvey.counted(recordings.size(), "recording")
                    + " are shorter than a window and padded (window_padding = \"" + padding.id() + "\")");
        }
        if (options.scale().isEmpty() && recordings.stream().anyMatch(r -> r.scale() != scale) && scale != 1) {
            notes.add("readings are stored as counts of " + shortest(scale) + unit() + ", which hold the largest, "
                    + number(recordings.stream().mapToDouble(Facts::peak).max().orElseThrow()));
        }
    }

    /** Whether the rate is so low that it may be a mistake, or windows that nobody asked for hold one reading. */
    private boolean isSlow(List<Facts> recordings, RecordingOptions options) {
        boolean single = window == 1
                && options.windows().length().isEmpty()
                && recordings.stream().anyMatch(r -> frames(r) > 1);
        return recordings.get(0).kind() == Readings.Kind.SERIES && (rateHz < MIN_USUAL_HZ || single);
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
        return Shape.of(window, 1, channels);
    }

    /** Frames from the beginning of one window to that of the next. */
    public int stride() {
        return stride;
    }

    /** What the counts of a window mean. */
    public SignalFormat format() {
        Facts first = survey.recordings().get(0);
        return new SignalFormat(rateHz, scale, mono ? List.of("mono") : first.channels(), first.unit());
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
        return cache.store(cacheKey(), shape().elements(), size(), this::fill);
    }

    private String cacheKey() {
        StringBuilder key = new StringBuilder(survey.fingerprint())
                .append('\n')
                .append(Double.toHexString(rateHz))
                .append(' ')
                .append(Double.toHexString(scale))
                .append(' ')
                .append(mono)
                .append(' ')
                .append(window)
                .append(' ')
                .append(stride)
                .append(' ')
                .append(padding.id());
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
                cut(recording(take), firstWindow[recording++], sink);
            }
        });
    }

    private Recording recording(Take take) {
        Readings readings = take.readings();
        Recording recording = new Recording(
                take.name(),
                take.label(),
                take.group(),
                take.part(),
                readings.rateHz(),
                scale,
                readings.channels().size(),
                readings.quantize(scale));
        recording = mono ? recording.mono() : recording;
        Resampler resampler = resamplers.get(readings.rateHz());
        return resampler == null ? recording : recording.resampled(resampler, rateHz);
    }

    private void cut(Recording recording, int first, Int16Store.Sink sink) {
        short[] values = new short[window * channels];
        for (int k = 0; k < count(recording.frames()); k++) {
            recording.window(k * stride, padding, values);
            sink.put(first + k, values);
        }
    }
}
