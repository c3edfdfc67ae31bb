package org.tinytune.cli.profile;

import java.util.Optional;
import java.util.SplittableRandom;
import org.tinytune.core.dsp.Butterworth;
import org.tinytune.core.dsp.MelScale;
import org.tinytune.core.dsp.Window;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.op.DspBlock;
import org.tinytune.core.op.FrameOperator;
import org.tinytune.core.op.Frames;
import org.tinytune.core.op.FrontEnd;
import org.tinytune.core.op.MelParams;
import org.tinytune.core.op.SpectrumParams;
import org.tinytune.core.op.melenergies.MelEnergies;
import org.tinytune.core.op.mfcc.Mfcc;
import org.tinytune.core.op.mfcc.MfccParams;
import org.tinytune.core.op.resizearea.ResizeArea;
import org.tinytune.core.op.resizearea.ResizeAreaParams;
import org.tinytune.core.op.spectralfeatures.SpectralFeatures;
import org.tinytune.core.op.spectralfeatures.SpectralFeaturesParams;
import org.tinytune.core.op.spectrogram.Spectrogram;
import org.tinytune.core.op.standardize.Standardize;
import org.tinytune.core.op.standardize.StandardizeParams;
import org.tinytune.core.op.statistics.Statistics;
import org.tinytune.core.op.statistics.StatisticsParams;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;

/** One block before a network, alone, with random parameters as front ends have them. */
final class RandomBlock {
    private static final Quantization SAMPLES = Quantization.perTensor(1f / (1 << 15), 0);
    private static final int RATE = 16_000;
    private static final int LEAST_FFT = 16;
    private static final int MAX_MOTION_FFT = 128;
    private static final int MAX_FRAMES = 5;
    private static final int MAX_BANDS = 40;
    private static final int MAX_SIDE = 96;

    private final SplittableRandom random;
    private final int largest;

    private RandomBlock(SplittableRandom random, int largest) {
        this.random = random;
        this.largest = largest;
    }

    /**
     * Draws a graph.
     *
     * @param largest the longest transform, and about the longest frame: a power of two, at least 16
     * @throws IllegalStateException if the block is not known here
     */
    static Graph draw(DspBlock<?> block, int largest, SplittableRandom random) {
        return new RandomBlock(random, largest).graph(block);
    }

    private Graph graph(DspBlock<?> block) {
        if (block.equals(Standardize.INSTANCE)) {
            return standardize();
        }
        if (block.equals(ResizeArea.INSTANCE)) {
            return resizeArea();
        }
        int channels = random.nextInt(1, 4);
        if (block.equals(Statistics.INSTANCE)) {
            int length = random.nextInt(LEAST_FFT / 2, largest + 1);
            return graph(Statistics.INSTANCE, StatisticsParams.all(length), length, channels);
        }
        if (block.equals(SpectralFeatures.INSTANCE)) {
            return spectralFeatures(channels);
        }
        SpectrumParams spectrum = spectrum();
        int samples = spectrum.frames().length()
                + random.nextInt(MAX_FRAMES) * spectrum.frames().stride();
        if (block.equals(Spectrogram.INSTANCE)) {
            return graph(Spectrogram.INSTANCE, spectrum, samples, 1);
        }
        MelParams mel = mel(spectrum);
        if (block.equals(MelEnergies.INSTANCE)) {
            return graph(MelEnergies.INSTANCE, mel, samples, 1);
        }
        if (block.equals(Mfcc.INSTANCE)) {
            MfccParams mfcc = new MfccParams(mel, random.nextInt(1, mel.bands() + 1));
            return graph(Mfcc.INSTANCE, mfcc, samples, 1);
        }
        throw new IllegalStateException(block.name() + " has no random parameters: add them here");
    }

    private static <P extends Record> Graph graph(FrameOperator<P> block, P params, int samples, int channels) {
        GraphBuilder builder = new GraphBuilder();
        int input = builder.input("samples", Shape.of(1, samples, 1, channels), ElementType.INT16, SAMPLES);
        return builder.output(builder.node("features", ElementType.INT16, block.output(), block, params, input))
                .build();
    }

    private int fftLength(int max) {
        int least = Integer.numberOfTrailingZeros(LEAST_FFT);
        return 1 << random.nextInt(least, Integer.numberOfTrailingZeros(Math.min(max, largest)) + 1);
    }

    /** Frames of more than half the transform: shorter ones have a shorter transform. */
    private SpectrumParams spectrum() {
        int fftLength = fftLength(largest);
        int length = random.nextInt(fftLength / 2 + 1, fftLength + 1);
        int preEmphasis = random.nextBoolean() ? 0 : 31_785;
        return new SpectrumParams(new Frames(length, length / 2), fftLength, Window.HANN, preEmphasis, -80);
    }

    /** As many bands as there are bins for, at most some. */
    private MelParams mel(SpectrumParams spectrum) {
        for (int bands = random.nextInt(1, MAX_BANDS + 1); ; bands--) {
            try {
                return new MelParams(spectrum, RATE, MelScale.SLANEY, bands, 0, RATE / 2);
            } catch (InvalidModelException e) {
                if (bands == 1) {
                    throw e;
                }
            }
        }
    }

    private Graph spectralFeatures(int channels) {
        int fftLength = fftLength(MAX_MOTION_FFT);
        int length = random.nextInt(fftLength / 2 + 1, fftLength + 1);
        SpectralFeaturesParams plain = SpectralFeaturesParams.plain(length, fftLength);
        Butterworth filter = new Butterworth(random.nextBoolean(), 2 * random.nextInt(1, 5), 0.2f);
        Optional<Butterworth> chosen = random.nextInt(3) == 0 ? Optional.empty() : Optional.of(filter);
        SpectralFeaturesParams params =
                chosen.map(by -> plain.filtered(by, random.nextInt(4))).orElse(plain);
        return graph(SpectralFeatures.INSTANCE, params, length, channels);
    }

    private Graph resizeArea() {
        int side = Math.min(MAX_SIDE, largest / 8 + 2);
        int height = random.nextInt(side / 2, side + 1);
        int width = random.nextInt(side / 2, side + 1);
        boolean colours = random.nextBoolean();
        ResizeAreaParams params = ResizeAreaParams.whole(
                height, width, random.nextInt(1, height + 1), random.nextInt(1, width + 1), colours);
        GraphBuilder builder = new GraphBuilder();
        Quantization pixels = Quantization.perTensor(1f / 255, -128);
        int image = builder.input("image", Shape.of(1, height, width, colours ? 3 : 1), ElementType.INT8, pixels);
        return builder.output(builder.node("small", ElementType.INT8, pixels, ResizeArea.INSTANCE, params, image))
                .build();
    }

    private Graph standardize() {
        int features = random.nextInt(1, Math.min(FrontEnd.MAX_CHANNELS, largest / 4) + 1);
        Shape shape = Shape.of(1, random.nextInt(1, largest / 8 + 1), 1, features);
        short[] means = new short[shape.rowElements()];
        short[] factors = new short[means.length];
        for (int i = 0; i < means.length; i++) {
            means[i] = (short) random.nextInt(-1000, 1001);
            factors[i] = (short) random.nextInt(1, 1001);
        }
        Shape constants = Shape.of(means.length);
        GraphBuilder builder = new GraphBuilder();
        int input = builder.input("features", shape, ElementType.INT16, Mfcc.INSTANCE.output());
        return builder.output(builder.node(
                        "standardized",
                        ElementType.INT8,
                        Quantization.perTensor(1f / 32, 0),
                        Standardize.INSTANCE,
                        new StandardizeParams(14),
                        input,
                        builder.constant("means", constants, Quantization.NONE, TensorData.of(means)),
                        builder.constant("factors", constants, Quantization.NONE, TensorData.of(factors))))
                .build();
    }
}
