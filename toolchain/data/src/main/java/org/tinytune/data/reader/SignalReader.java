package org.tinytune.data.reader;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.tinytune.data.SignalFormat;
import org.tinytune.data.recording.Readings;
import org.tinytune.data.recording.RecordingOptions;
import org.tinytune.data.recording.WindowCutter;

/**
 * Reads the user's own recordings for a model that takes samples of a sensor: WAV files, time series in CSV files,
 * files of Edge Impulse and NumPy arrays. They are brought to the model's channels, scale and rate, and cut into
 * windows of its length.
 *
 * <p>A file that does not say its rate has the one that the user says, otherwise that of the model.
 */
public final class SignalReader {
    private static final MathContext RATE_DIGITS = new MathContext(12);
    private static final int MAX_WINDOW_VALUES = 1 << 27;

    /**
     * The windows of a recording.
     *
     * @param name of the file, and its lines or number if it holds several recordings
     * @param label that the file states
     * @param counts of each window, {@code [moments, channels]}
     * @param strideSeconds from the beginning of one to that of the next
     */
    public record Windows(String name, Optional<String> label, List<short[]> counts, double strideSeconds) {}

    private final SignalFormat format;
    private final int window;
    private final RecordingOptions options;
    private final DatasetDescriptor descriptor;
    private final ModelChannels channels;
    private final Consumer<String> notes;

    /**
     * A reader for a model.
     *
     * @param format of its samples
     * @param window how many moments it takes
     * @param options what is said of recordings, as far as it is of use for a single one
     * @param notes told what the user should know of how a file was understood
     */
    public SignalReader(SignalFormat format, int window, RecordingOptions options, Consumer<String> notes) {
        this.format = format;
        this.window = window;
        this.options = options;
        this.notes = notes;
        this.channels = new ModelChannels(
                format.channels(), format.unit(), options.columns().isEmpty(), notes);
        String rate = new BigDecimal(format.rateHz(), RATE_DIGITS).toPlainString();
        RecordingOptions stated = new RecordingOptions(new TreeMap<>(Map.of(RecordingOptions.RATE, rate)));
        this.descriptor = DatasetDescriptor.NONE.with(ReadOptions.NONE.with(stated.with(options)));
    }

    /**
     * Whether a file is a recording, rather than a table of samples or an image: sound, what other programs made of
     * sensors, or a table whose header has times or the model's channels.
     *
     * @throws org.tinytune.core.TinytuneException with {@link org.tinytune.core.ExitCode#INVALID_INPUT} if it cannot be
     *     read
     */
    public boolean reads(Path path) {
        DataFile file = existing(path);
        return switch (file.kind()) {
            case WAV, NPY, EDGE_IMPULSE_JSON, EDGE_IMPULSE_CBOR -> true;
            case TEXT -> isSeries(file);
            default -> false;
        };
    }

    private static DataFile existing(Path path) {
        DataFile file = new DataFile(path);
        if (!Files.isRegularFile(path)) {
            throw file.invalid(Files.exists(path) ? " is no file" : " does not exist");
        }
        return file;
    }

    private boolean isSeries(DataFile file) {
        if (options.columns().isPresent()) {
            return true;
        }
        try (CsvTable table = CsvTable.open(file, Optional.empty())) {
            return table.header()
                    .filter(h -> SeriesFile.isOne(h) || channels.found(h).isPresent())
                    .isPresent();
        } catch (IOException e) {
            throw file.unreadable(e);
        }
    }

    /**
     * The windows of a file, each a sample of int16 counts; a recording that is shorter than one is padded.
     *
     * @throws org.tinytune.core.TinytuneException with {@link org.tinytune.core.ExitCode#INVALID_INPUT} if the file
     *     cannot be read, lacks channels, or its rate is too far from the model's
     */
    public List<Sample> read(Path path) {
        List<Sample> samples = new ArrayList<>();
        for (Windows recording : cut(path, WindowCutter::cut, "make the stride longer, or split the file")) {
            for (int k = 0; k < recording.counts().size(); k++) {
                samples.add(sample(recording, k));
            }
        }
        return samples;
    }

    /**
     * The recordings of a file, most often one, each as a stream: what does not fill a window at its end is left out.
     *
     * @throws org.tinytune.core.TinytuneException as {@link #read}
     */
    public List<Windows> stream(Path path) {
        return cut(path, WindowCutter::filled, "split the file");
    }

    private List<Windows> cut(Path path, BiFunction<WindowCutter, Readings, List<short[]>> cut, String ifTooLong) {
        DataFile file = existing(path);
        DecodedFile decoded = RecordingFile.decode(file, file.kind(), descriptor);
        decoded.notes().forEach(notes);
        List<Windows> recordings = new ArrayList<>();
        long values = 0;
        for (DecodedFile.Segment segment : decoded.segments()) {
            Readings readings =
                    withChannels(file, RecordingFile.chosen(file, file.kind(), descriptor, segment.readings()));
            if (readings.frames() == 0) {
                throw file.invalid(" holds no samples: record it again");
            }
            WindowCutter cutter = WindowCutter.of(format, window, readings.kind(), options);
            checkRate(file, cutter, readings);
            List<short[]> counts = cut.apply(cutter, readings);
            recordings.add(new Windows(
                    file.name() + segment.suffix(), segment.label(), counts, cutter.stride() / format.rateHz()));
            values += (long) counts.size() * window * format.channels().size();
            if (values > MAX_WINDOW_VALUES) {
                throw file.invalid(" makes more than " + MAX_WINDOW_VALUES + " values: " + ifTooLong);
            }
        }
        return recordings;
    }

    private static Sample sample(Windows recording, int k) {
        double seconds = k * recording.strideSeconds();
        String shown = recording.counts().size() == 1
                ? recording.name()
                : String.format(Locale.ROOT, "%s at %.3f s", recording.name(), seconds);
        short[] counts = recording.counts().get(k);
        float[] values = new float[counts.length];
        for (int i = 0; i < counts.length; i++) {
            values[i] = counts[i];
        }
        return new Sample(shown, values, recording.label(), OptionalDouble.of(seconds));
    }

    private void checkRate(DataFile file, WindowCutter cutter, Readings readings) {
        if (!cutter.canResample(readings)) {
            throw file.invalid(" has a rate of " + readings.rateHz() + " Hz, too far from the model's "
                    + format.rateHz() + " Hz to be resampled");
        }
        if (!cutter.isRate(readings)) {
            notes.accept(file.name() + " has a rate of " + readings.rateHz() + " Hz, resampled to the model's "
                    + format.rateHz() + " Hz");
        }
        channels.checkUnit(file.name(), readings.unit());
    }

    /** Those of the model by name; otherwise all, if they are as many or are to be mixed to one. */
    private Readings withChannels(DataFile file, Readings readings) {
        Optional<List<Integer>> chosen = channels.chosen(readings.channels());
        if (chosen.isEmpty()) {
            channels.check(file.name(), readings.channels(), readings.kind());
        }
        return chosen.map(readings::channels).orElse(readings);
    }
}
