package org.tinytune.core.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.tinytune.core.dsp.Butterworth;
import org.tinytune.core.dsp.MelScale;
import org.tinytune.core.dsp.Window;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.Frames;
import org.tinytune.core.op.MelParams;
import org.tinytune.core.op.NoParams;
import org.tinytune.core.op.SpectrumParams;
import org.tinytune.core.op.melenergies.MelEnergies;
import org.tinytune.core.op.mfcc.Mfcc;
import org.tinytune.core.op.mfcc.MfccParams;
import org.tinytune.core.op.quantize.Quantize;
import org.tinytune.core.op.resizearea.ResizeArea;
import org.tinytune.core.op.resizearea.ResizeAreaParams;
import org.tinytune.core.op.spectralfeatures.SpectralFeatures;
import org.tinytune.core.op.spectralfeatures.SpectralFeaturesParams;
import org.tinytune.core.op.spectrogram.Spectrogram;
import org.tinytune.core.op.standardize.Standardize;
import org.tinytune.core.op.standardize.StandardizeParams;
import org.tinytune.core.op.statistics.Statistic;
import org.tinytune.core.op.statistics.Statistics;
import org.tinytune.core.op.statistics.StatisticsParams;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;

/** Graphs of one operator that makes features of samples or a small image of a great one, with random parameters. */
public final class RandomBlocks {
    private static final Quantization SAMPLES = Quantization.perTensor(1f / (1 << 15), 0);
    private static final Quantization COARSE = Quantization.perTensor(0.25f, 100);
    private static final Quantization PIXELS = Quantization.perTensor(1f / 255, -128);
    private static final int SMALL_FFT = 64;
    private static final int MAX_EXTENT = 32;
    private static final int SAMPLE_RATE = 16_000;

    private final SplittableRandom random;
    private final int maxFftLength;
    private final GraphBuilder builder = new GraphBuilder();

    private RandomBlocks(long seed, int maxFftLength) {
        random = new SplittableRandom(seed);
        this.maxFftLength = maxFftLength;
    }

    /** The operator alone, with a short transform. */
    public static Graph single(Operator<?> operator, long seed) {
        return single(operator, SMALL_FFT, seed);
    }

    /** The operator alone, with a transform of at most that length. */
    public static Graph single(Operator<?> operator, int maxFftLength, long seed) {
        RandomBlocks blocks = new RandomBlocks(seed, maxFftLength);
        int output = blocks.block(operator, false);
        return blocks.builder.output(output).build();
    }

    /** Samples made quiet, the operator, and its features made int8: all of them go row by row. */
    public static Graph quiet(Operator<?> operator, int maxFftLength, long seed) {
        RandomBlocks blocks = new RandomBlocks(seed, maxFftLength);
        int features = blocks.block(operator, true);
        int output = blocks.builder.node("int8", ElementType.INT8, COARSE, Quantize.INSTANCE, new NoParams(), features);
        return blocks.builder.output(output).build();
    }

    /** The operator before a small network, as a file has them; STANDARDIZE behind STATISTICS. */
    public static Graph beforeNetwork(Operator<?> operator, long seed) {
        RandomBlocks blocks = new RandomBlocks(seed, SMALL_FFT);
        boolean standardized = operator.equals(Standardize.INSTANCE);
        int features = blocks.block(standardized ? Statistics.INSTANCE : operator, false);
        int input = standardized ? blocks.standardize(features, "standardized") : features;
        int output = blocks.builder.node("y", ElementType.INT8, COARSE, Quantize.INSTANCE, new NoParams(), input);
        return blocks.builder.output(output).build();
    }

    private int block(Operator<?> operator, boolean quiet) {
        if (operator.equals(Standardize.INSTANCE)) {
            Shape shape = Shape.of(1, 1 + random.nextInt(6), 1 + random.nextInt(12), 1 + random.nextInt(3));
            return standardize(builder.input("samples", shape, ElementType.INT16, SAMPLES), "features");
        }
        if (operator.equals(ResizeArea.INSTANCE)) {
            return resizeArea(quiet);
        }
        if (operator.equals(Statistics.INSTANCE)) {
            StatisticsParams statistics = statistics();
            return block(Statistics.INSTANCE, statistics, statistics.frames(), quiet);
        }
        if (operator.equals(SpectralFeatures.INSTANCE)) {
            SpectralFeaturesParams features = spectralFeatures();
            return block(SpectralFeatures.INSTANCE, features, features.frames(), quiet);
        }
        SpectrumParams spectrum = spectrum();
        if (operator.equals(Spectrogram.INSTANCE)) {
            return block(Spectrogram.INSTANCE, spectrum, spectrum.frames(), quiet);
        }
        MelParams mel = mel(spectrum);
        if (operator.equals(MelEnergies.INSTANCE)) {
            return block(MelEnergies.INSTANCE, mel, spectrum.frames(), quiet);
        }
        if (operator.equals(Mfcc.INSTANCE)) {
            MfccParams mfcc = new MfccParams(mel, 1 + random.nextInt(mel.bands()));
            return block(Mfcc.INSTANCE, mfcc, spectrum.frames(), quiet);
        }
        throw new IllegalStateException(operator.name() + " has no random nodes: add them here");
    }

    private <P extends Record> int block(Operator<P> operator, P params, Frames frames, boolean quiet) {
        int samples = frames.length() + random.nextInt(4) * frames.stride() + random.nextInt(frames.stride());
        Shape shape = Shape.of(1, samples, 1, 1 + random.nextInt(3));
        int input = builder.input("samples", shape, ElementType.INT16, SAMPLES);
        if (quiet) {
            Quantization steps = Quantization.perTensor(SAMPLES.scale() * (1 << random.nextInt(3, 13)), 0);
            input = builder.node("quiet", ElementType.INT16, steps, Quantize.INSTANCE, new NoParams(), input);
        }
        return builder.node(
                "features",
                ElementType.INT16,
                operator.quantSpec(params).fixed().orElseThrow(),
                operator,
                params,
                input);
    }

    private int standardize(int features, String output) {
        short[] means = new short[builder.tensor(features).shape().rowElements()];
        short[] factors = new short[means.length];
        for (int i = 0; i < means.length; i++) {
            means[i] = (short) random.nextInt(Short.MIN_VALUE, Short.MAX_VALUE + 1);
            factors[i] = (short) (random.nextInt(Short.MAX_VALUE + 1) >> random.nextInt(16));
        }
        Shape constants = Shape.of(means.length);
        int shift = random.nextInt(StandardizeParams.MIN_SHIFT, StandardizeParams.MAX_SHIFT + 1);
        return builder.node(
                output,
                ElementType.INT8,
                Quantization.perTensor(1f / 32, random.nextInt(-128, 128)),
                Standardize.INSTANCE,
                new StandardizeParams(shift),
                features,
                builder.constant("means", constants, Quantization.NONE, TensorData.of(means)),
                builder.constant("factors", constants, Quantization.NONE, TensorData.of(factors)));
    }

    /** Of an image that is not larger than a short transform is long. */
    private int resizeArea(boolean quiet) {
        int outputHeight = 1 + random.nextInt(6);
        int outputWidth = 1 + random.nextInt(6);
        int height = extent(outputHeight);
        int width = extent(outputWidth);
        int top = random.nextInt(3);
        int left = random.nextInt(3);
        boolean grey = random.nextInt(3) == 0;
        int channels = grey || random.nextBoolean() ? 3 : 1;
        Shape shape = Shape.of(1, top + height + random.nextInt(3), left + width + random.nextInt(3), channels);
        int image = builder.input("image", shape, ElementType.INT8, PIXELS);
        if (quiet) {
            Quantization dark = Quantization.perTensor(PIXELS.scale() * 2, -128);
            image = builder.node("dark", ElementType.INT8, dark, Quantize.INSTANCE, new NoParams(), image);
        }
        return builder.node(
                "features",
                ElementType.INT8,
                builder.tensor(image).quantization(),
                ResizeArea.INSTANCE,
                new ResizeAreaParams(top, left, height, width, outputHeight, outputWidth, grey),
                image);
    }

    /** Of the part that becomes so many pixels: as many, a multiple, or more in any ratio. */
    private int extent(int output) {
        int most = Math.min(MAX_EXTENT, maxFftLength / 2);
        return switch (random.nextInt(4)) {
            case 0 -> output;
            case 1 -> output * (1 + random.nextInt(most / output));
            default -> random.nextInt(output, most + 1);
        };
    }

    private StatisticsParams statistics() {
        List<Statistic> some = new ArrayList<>(List.of(Statistic.values()));
        if (random.nextBoolean()) {
            some.removeIf(statistic -> random.nextBoolean());
            some.add(Statistic.values()[random.nextInt(Statistic.values().length)]);
        }
        int length = 1 + random.nextInt(2 * maxFftLength);
        return new StatisticsParams(new Frames(length, 1 + random.nextInt(length + 3)), some);
    }

    /** Of frames of up to three segments. */
    private SpectralFeaturesParams spectralFeatures() {
        int fftLength = 16 << random.nextInt(Integer.numberOfTrailingZeros(maxFftLength) - 3);
        int length = 1 + random.nextInt(2 * fftLength);
        int firstBin = random.nextInt(fftLength / 2 + 2);
        float cutoff = (float) random.nextDouble(0.002, 0.49);
        Butterworth filter = new Butterworth(random.nextBoolean(), 2 + 2 * random.nextInt(4), cutoff);
        return new SpectralFeaturesParams(
                new Frames(length, 1 + random.nextInt(length + 3)),
                random.nextInt(3) == 0 ? Optional.empty() : Optional.of(filter),
                fftLength,
                Window.values()[random.nextInt(Window.values().length)],
                random.nextBoolean(),
                random.nextInt(-15, 16),
                random.nextInt(-120, 0),
                random.nextBoolean(),
                random.nextBoolean() ? 0 : random.nextInt(6),
                firstBin,
                random.nextInt(firstBin, fftLength / 2 + 2));
    }

    private SpectrumParams spectrum() {
        int choices = Integer.numberOfTrailingZeros(maxFftLength) - 3;
        int fftLength = 16 << random.nextInt(choices);
        int length = random.nextInt(4) == 0 ? fftLength : 1 + random.nextInt(fftLength);
        Frames frames = new Frames(length, 1 + random.nextInt(length + 3));
        Window window = Window.values()[random.nextInt(Window.values().length)];
        int preEmphasis = random.nextBoolean() ? 0 : random.nextInt(1 << 15);
        return new SpectrumParams(frames, fftLength, window, preEmphasis, random.nextInt(-120, 0));
    }

    /** As many bands as there are bins for, at most some. */
    private MelParams mel(SpectrumParams spectrum) {
        MelScale scale = MelScale.values()[random.nextInt(MelScale.values().length)];
        int low = random.nextInt(1000);
        int high = random.nextInt(6000, SAMPLE_RATE / 2 + 1);
        for (int bands = 1 + random.nextInt(20); ; bands--) {
            try {
                return new MelParams(spectrum, SAMPLE_RATE, scale, bands, low, high);
            } catch (InvalidModelException e) {
                if (bands == 1) {
                    throw e;
                }
            }
        }
    }
}
