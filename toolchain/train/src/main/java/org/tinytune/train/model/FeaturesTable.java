package org.tinytune.train.model;

import java.util.Optional;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.dsp.Butterworth;
import org.tinytune.core.dsp.RealFft;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.op.Frames;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.SignalFormat;
import org.tinytune.data.feature.FeatureDesign;
import org.tinytune.data.feature.FeatureDesigns;
import org.tinytune.data.feature.FeatureDesigns.Bands;
import org.tinytune.train.settings.TomlTable;

/** Reads the table {@code [features]} of a network for recordings. Checked by: FeaturesTableTest. */
final class FeaturesTable {
    private static final double MAX_SECONDS = 3600;
    private static final int MAX_BANDS = 128;
    private static final int MAX_FFT = 2048;
    private static final int MAX_PEAKS = 16;

    private final TomlTable table;
    private final Shape window;
    private final SignalFormat signal;

    /**
     * @param window {@code [samples, 1, channels]}
     * @param signal what it holds
     */
    FeaturesTable(TomlTable table, Shape window, SignalFormat signal) {
        this.table = table;
        this.window = window;
        this.signal = signal;
    }

    /**
     * The design that it asks for.
     *
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if it has a mistake, or does not fit the windows
     */
    FeatureDesign read() {
        try {
            FeatureDesign design = design(table.text("block", "mfcc"));
            table.requireNothingElse();
            design.shape(window);
            return design;
        } catch (InvalidModelException e) {
            throw table.error(e.getMessage());
        }
    }

    private FeatureDesign design(String block) {
        return switch (block) {
            case "raw" -> FeatureDesign.READINGS;
            case "statistics" -> FeatureDesigns.statistics(longFrames());
            case "spectral" -> spectral();
            case "spectrogram" -> FeatureDesigns.spectrogram(shortFrames(), fft(0), floor());
            case "mel" -> FeatureDesigns.mel(bands());
            case "mfcc" -> FeatureDesigns.mfcc(bands(), table.integerOr("coefficients", 10, 1, MAX_BANDS));
            case ResizeTable.BLOCK ->
                throw table.error(
                        "block = \"" + block + "\" is for images, but samples are recordings: give another one");
            default ->
                throw table.error("block = \"" + block
                        + "\": give one of \"raw\", \"statistics\", \"spectral\", \"spectrogram\", \"mel\", \"mfcc\"");
        };
    }

    private FeatureDesign spectral() {
        Frames frames = longFrames();
        Optional<Butterworth> filter = filter();
        int usual = Math.min(64, Math.max(RealFft.MIN_LENGTH, Integer.highestOneBit(frames.length())));
        return FeatureDesigns.spectral(frames, fft(usual), filter, table.integerOr("peaks", 0, 0, MAX_PEAKS), floor());
    }

    private Optional<Butterworth> filter() {
        String filter = table.textOr("filter", "none");
        if (filter.equals("none")) {
            return Optional.empty();
        }
        if (!filter.equals("low_pass") && !filter.equals("high_pass")) {
            throw table.error("filter = \"" + filter + "\": give \"none\", \"low_pass\" or \"high_pass\"");
        }
        float cutoff = (float) (table.number("cutoff_hz") / signal.rateHz());
        if (!(cutoff >= Butterworth.MIN_CUTOFF && cutoff <= Butterworth.MAX_CUTOFF)) {
            throw table.error("cutoff_hz = " + table.number("cutoff_hz") + ": give "
                    + Butterworth.MIN_CUTOFF * signal.rateHz() + " to " + Butterworth.MAX_CUTOFF * signal.rateHz()
                    + " Hz for a rate of " + signal.rateHz() + " Hz");
        }
        int order = table.integerOr("order", 4, 2, Butterworth.MAX_ORDER);
        if (order % 2 != 0) {
            throw table.error("order = " + order + ": give 2, 4, 6 or 8");
        }
        return Optional.of(new Butterworth(filter.equals("high_pass"), order, cutoff));
    }

    private int fft(int usual) {
        int length = table.integerOr("fft", usual, 0, MAX_FFT);
        if (length != usual && !RealFft.isLength(length)) {
            throw table.error(
                    "fft = " + length + ": give a power of two from " + RealFft.MIN_LENGTH + " to " + MAX_FFT);
        }
        return length;
    }

    private int floor() {
        return table.integerOr("floor_db", -80, -120, -1);
    }

    private Bands bands() {
        int rate = (int) Math.rint(signal.rateHz());
        return new Bands(
                shortFrames(),
                table.integerOr("bands", 40, 1, MAX_BANDS),
                table.integerOr("low_hz", Bands.usualLowHz(rate), 0, rate / 2),
                table.integerOr("high_hz", Bands.usualHighHz(rate), 1, rate / 2),
                rate,
                floor());
    }

    /** Of 30 ms, every 20 ms. */
    private Frames shortFrames() {
        return frames(0.030, 0.020);
    }

    /** Of the whole window. */
    private Frames longFrames() {
        double whole = window.dim(0) / signal.rateHz();
        return frames(whole, table.numberOr("frame", whole));
    }

    private Frames frames(double usualFrame, double usualStride) {
        int length = samples("frame", usualFrame);
        int stride = samples("stride", usualStride);
        if (length > window.dim(0)) {
            throw table.error("frame = " + table.numberOr("frame", usualFrame) + ": it is longer than a window of "
                    + window.dim(0) / signal.rateHz() + " s: give less");
        }
        return new Frames(length, stride);
    }

    /** Seconds as samples. */
    private int samples(String key, double usual) {
        double seconds = table.numberOr(key, usual);
        double samples = StrictMath.rint(seconds * signal.rateHz());
        if (table.has(key) && !(seconds <= MAX_SECONDS && samples >= 1)) {
            throw table.error(key + " = " + seconds + ": give seconds, a sample (" + 1 / signal.rateHz() + ") or more");
        }
        return Math.max(1, (int) samples);
    }
}
