package org.tinytune.nas;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.dsp.Butterworth;
import org.tinytune.core.dsp.RealFft;
import org.tinytune.core.dsp.ScaledMean;
import org.tinytune.core.op.Frames;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.Samples;
import org.tinytune.data.SignalFormat;
import org.tinytune.data.augmentation.SampleKind;
import org.tinytune.data.feature.FeatureDesign;
import org.tinytune.data.feature.FeatureDesigns;
import org.tinytune.data.feature.FeatureDesigns.Bands;
import org.tinytune.search.space.CategoricalDistribution;
import org.tinytune.search.space.Condition;
import org.tinytune.search.space.FloatDistribution;
import org.tinytune.search.space.IntDistribution;
import org.tinytune.search.space.Parameters;
import org.tinytune.search.space.SearchSpace;

/**
 * The features that a search may make of windows of sensor data: which block, and the parameters of each. The least
 * value of a number makes the smallest front end.
 */
public final class FeatureSpace {
    /** Blocks by the names that users give. */
    public enum Block {
        /** Readings as they are. */
        RAW,
        /** Statistics of each channel. */
        STATISTICS,
        /** Power, spectrum and moments of each channel. */
        SPECTRAL,
        /** Power spectra over time. */
        SPECTROGRAM,
        /** Energies of mel bands over time. */
        MEL,
        /** Cepstral coefficients over time. */
        MFCC;

        /** The name. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether its features are rows over time, which convolutions move along. */
        boolean isMap() {
            return this != STATISTICS && this != SPECTRAL;
        }

        /** Whether it makes spectra of short frames. */
        boolean isShortTime() {
            return this == SPECTROGRAM || this == MEL || this == MFCC;
        }

        /**
         * The blocks of some names.
         *
         * @throws TinytuneException with {@link ExitCode#USAGE} if there is none of a name
         */
        public static List<Block> named(List<String> names) {
            List<Block> blocks = new ArrayList<>();
            for (String name : names) {
                blocks.add(Arrays.stream(values())
                        .filter(block -> block.id().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new TinytuneException(
                                ExitCode.USAGE,
                                "no features are called '" + name + "': give some of "
                                        + Arrays.stream(values()).map(Block::id).collect(Collectors.joining(", ")))));
            }
            return blocks.stream().distinct().sorted().toList();
        }
    }

    static final String FEATURES = "features";
    static final String FRAMES = "frames";
    static final String FRAME_MILLIS = "frame_ms";
    static final String BANDS = "bands";
    static final String COEFFICIENTS = "coefficients";
    static final String FLOOR = "floor_db";
    private static final String SEGMENTS = "segments";
    private static final String FFT_BITS = "fft_bits";
    private static final String FILTER = "filter";
    private static final String CUTOFF = "cutoff";
    private static final String PEAKS = "peaks";

    private static final int MIN_FRAMES = 12;
    private static final int MAX_FRAMES = 64;
    /** Frames follow each other no closer. */
    private static final double MIN_STRIDE_SECONDS = 0.008;

    private static final int MIN_FRAME_MILLIS = 16;
    private static final int MAX_FRAME_MILLIS = 64;
    private static final int MIN_BANDS = 16;
    private static final int MAX_BANDS = 40;
    private static final int BANDS_STEP = 4;
    private static final int MIN_COEFFICIENTS = 8;

    private static final int MAX_SEGMENTS = 4;
    private static final int FILTER_ORDER = 4;

    private final Shape window;
    private final SignalFormat signal;
    private final List<Block> blocks;

    /**
     * @param windows of sensor data
     * @param wanted blocks to choose from; none for those that suit the sample rate
     * @throws TinytuneException with {@link ExitCode#INVALID_INPUT} if the windows are too short for one of them
     */
    FeatureSpace(Samples windows, List<Block> wanted) {
        this.window = windows.shape();
        this.signal = windows.signal().orElseThrow();
        this.blocks = wanted.isEmpty() ? usual() : wanted;
        if (blocks.stream().anyMatch(Block::isShortTime) && maxFrames() < 2) {
            throw tooShort("spectra over time need two frames of " + MIN_FRAME_MILLIS + " ms or more");
        }
        if ((blocks.contains(Block.MEL) || blocks.contains(Block.MFCC)) && maxBands() == 0) {
            throw new TinytuneException(
                    ExitCode.INVALID_INPUT,
                    "a rate of " + signal.rateHz() + " Hz leaves no room for " + MIN_BANDS
                            + " mel bands (choose other features, or resample by --rate)");
        }
        if (window.dim(0) < RealFft.MIN_LENGTH && blocks.contains(Block.SPECTRAL)) {
            throw tooShort("a spectrum needs " + RealFft.MIN_LENGTH + " samples or more");
        }
    }

    private List<Block> usual() {
        if (isSound()) {
            return maxBands() == 0 ? List.of(Block.SPECTROGRAM) : List.of(Block.MEL, Block.MFCC);
        }
        return window.dim(0) < RealFft.MIN_LENGTH
                ? List.of(Block.RAW, Block.STATISTICS)
                : List.of(Block.RAW, Block.STATISTICS, Block.SPECTRAL);
    }

    private TinytuneException tooShort(String why) {
        return new TinytuneException(
                ExitCode.INVALID_INPUT,
                "windows of " + window.dim(0) + " samples at " + signal.rateHz() + " Hz are too short: " + why
                        + " (give longer windows, or other features)");
    }

    /** Whether windows are of sound, and long enough for its frames. */
    private boolean isSound() {
        return kind() == SampleKind.SOUND && maxFrames() >= MIN_FRAMES;
    }

    /** How many frames there can be, of the greatest length. */
    private int maxFrames() {
        int stride = Math.max(1, samples(MIN_STRIDE_SECONDS));
        int rest = window.dim(0) - frameLength(MIN_FRAME_MILLIS);
        return Math.min(MAX_FRAMES, rest / stride + 1);
    }

    private int samples(double seconds) {
        return (int) Math.rint(seconds * signal.rateHz());
    }

    /** In samples: enough for a spectrum, and no longer than window and FFT. */
    private int frameLength(int millis) {
        int length = Math.max(RealFft.MIN_LENGTH, samples(millis / 1e3));
        return Math.min(length, Math.min(window.dim(0), RealFft.MAX_LENGTH));
    }

    /** What windows are of, and so what may happen to them. */
    SampleKind kind() {
        return SampleKind.of(signal);
    }

    /**
     * What a search begins with, as values of parameters: from the largest network to the smallest, each trained in
     * some ways; none if nothing is known.
     */
    List<List<Map<String, Object>>> baselines() {
        if (!isSound()) {
            return List.of();
        }
        return Stream.of(Block.MFCC, Block.MEL)
                .filter(blocks::contains)
                .findFirst()
                .map(block -> SoundBaseline.of(block, window.dim(0) / signal.rateHz()))
                .orElse(List.of());
    }

    /** The condition under which a space's parameter is for features that are rows over time; empty if none are. */
    Optional<Condition> ifMap() {
        return when(blocks.stream().filter(Block::isMap).toList());
    }

    /** The condition under which it is for features that are a vector. */
    Optional<Condition> ifVector() {
        return when(blocks.stream().filter(block -> !block.isMap()).toList());
    }

    /** The condition under which it is for features that can be seen as an image or as a series. */
    Optional<Condition> ifShortTime() {
        return when(blocks.stream().filter(Block::isShortTime).toList());
    }

    private Optional<Condition> when(Block block) {
        return when(blocks.contains(block) ? List.of(block) : List.of());
    }

    private static Optional<Condition> when(List<Block> any) {
        return any.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Condition.oneOf(FEATURES, any.stream().map(Block::id).toArray(String[]::new)));
    }

    /** Adds the choice of a block and the parameters of each. */
    void addTo(SearchSpace.Builder space) {
        space.add(
                FEATURES,
                CategoricalDistribution.of(blocks.stream().map(Block::id).toArray(String[]::new)));
        ifShortTime().ifPresent(shortTime -> {
            space.add(FRAMES, IntDistribution.uniform(Math.min(MIN_FRAMES, maxFrames()), maxFrames()), shortTime);
            space.add(FRAME_MILLIS, IntDistribution.stepped(MIN_FRAME_MILLIS, MAX_FRAME_MILLIS, 8), shortTime);
        });
        when(blocks.stream().filter(b -> b == Block.MEL || b == Block.MFCC).toList())
                .ifPresent(mel -> space.add(BANDS, IntDistribution.stepped(MIN_BANDS, maxBands(), BANDS_STEP), mel));
        when(Block.MFCC)
                .ifPresent(mfcc -> space.add(COEFFICIENTS, IntDistribution.uniform(MIN_COEFFICIENTS, MIN_BANDS), mfcc));
        when(Block.SPECTRAL).ifPresent(spectral -> {
            space.add(SEGMENTS, IntDistribution.uniform(leastSegments(), maxSegments()), spectral);
            space.add(FFT_BITS, IntDistribution.uniform(bits(RealFft.MIN_LENGTH), maxFftBits()), spectral);
            space.add(PEAKS, IntDistribution.uniform(0, 3), spectral);
            space.add(FILTER, CategoricalDistribution.of("none", "low_pass", "high_pass"), spectral);
            space.add(CUTOFF, FloatDistribution.log(0.02, 0.4), Condition.oneOf(FILTER, "low_pass", "high_pass"));
        });
        when(blocks.stream().filter(b -> b.isShortTime() || b == Block.SPECTRAL).toList())
                .ifPresent(spectra -> space.add(FLOOR, IntDistribution.stepped(-100, -50, 10), spectra));
    }

    /** Frames of so many parts of a window are not too long for their moments. */
    private int leastSegments() {
        return (window.dim(0) + ScaledMean.MAX_COUNT - 1) / ScaledMean.MAX_COUNT;
    }

    private int maxSegments() {
        int most = Math.min(leastSegments() + MAX_SEGMENTS - 1, window.dim(0) / RealFft.MIN_LENGTH);
        return Math.max(leastSegments(), most);
    }

    private int maxFftBits() {
        return Math.min(7, bits(window.dim(0)));
    }

    private static int bits(int length) {
        return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(length);
    }

    private static Block block(Parameters parameters) {
        return Block.valueOf(parameters.getString(FEATURES).toUpperCase(Locale.ROOT));
    }

    /** Whether the features of some parameters are rows over time. */
    boolean isMap(Parameters parameters) {
        return block(parameters).isMap();
    }

    /** The design of some parameters. */
    FeatureDesign design(Parameters parameters) {
        return switch (block(parameters)) {
            case RAW -> FeatureDesign.READINGS;
            case STATISTICS -> FeatureDesigns.statistics(Frames.single(window.dim(0) / leastSegments()));
            case SPECTRAL -> spectral(parameters);
            case SPECTROGRAM -> FeatureDesigns.spectrogram(frames(parameters), 0, parameters.getInt(FLOOR));
            case MEL -> FeatureDesigns.mel(bands(parameters));
            case MFCC -> FeatureDesigns.mfcc(bands(parameters), parameters.getInt(COEFFICIENTS));
        };
    }

    /** As many frames of that length as there are to be, as far apart as the window allows. */
    private Frames frames(Parameters parameters) {
        int length = frameLength(parameters.getInt(FRAME_MILLIS));
        int count = parameters.getInt(FRAMES);
        int rest = window.dim(0) - length;
        return new Frames(length, Math.max(1, rest / Math.max(1, count - 1)));
    }

    private Bands bands(Parameters parameters) {
        int rate = (int) Math.rint(signal.rateHz());
        return new Bands(
                frames(parameters),
                parameters.getInt(BANDS),
                Bands.usualLowHz(rate),
                Bands.usualHighHz(rate),
                rate,
                parameters.getInt(FLOOR));
    }

    /** The most bands of which none lies between two bins of the longest FFT; 0 if there are not even a few. */
    private int maxBands() {
        int rate = (int) Math.rint(signal.rateHz());
        for (int bands = MAX_BANDS; bands >= MIN_BANDS; bands -= BANDS_STEP) {
            Frames frames = new Frames(frameLength(MIN_FRAME_MILLIS), 1);
            if (new Bands(frames, bands, Bands.usualLowHz(rate), Bands.usualHighHz(rate), rate, -1).exist()) {
                return bands;
            }
        }
        return 0;
    }

    private FeatureDesign spectral(Parameters parameters) {
        String filter = parameters.getString(FILTER);
        Optional<Butterworth> butterworth = filter.equals("none")
                ? Optional.empty()
                : Optional.of(new Butterworth(
                        filter.equals("high_pass"), FILTER_ORDER, (float) parameters.getDouble(CUTOFF)));
        Frames frames = Frames.single(window.dim(0) / parameters.getInt(SEGMENTS));
        int longest = Math.max(RealFft.MIN_LENGTH, Integer.highestOneBit(frames.length()));
        return FeatureDesigns.spectral(
                frames,
                Math.min(1 << parameters.getInt(FFT_BITS), longest),
                butterworth,
                parameters.getInt(PEAKS),
                parameters.getInt(FLOOR));
    }
}
