package org.tinytune.test.bench;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.tinytune.core.dsp.Butterworth;
import org.tinytune.core.dsp.MelScale;
import org.tinytune.core.dsp.Window;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.op.FrameOperator;
import org.tinytune.core.op.Frames;
import org.tinytune.core.op.MelParams;
import org.tinytune.core.op.Operators;
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

/**
 * A block and the window that it is measured on.
 *
 * @param name of the block
 * @param window in words
 * @param graph the block alone
 * @param snr of its features of real signals, in decibels, which takes a while; empty where it is exact, or the signals
 *     are not there
 * @param bars what an inference may take at most, in instructions
 */
record DspWindow(String name, String window, Graph graph, Supplier<OptionalDouble> snr, Map<EmulatedCore, Long> bars) {
    private static final Quantization SAMPLES = Quantization.perTensor(1f / (1 << 15), 0);
    private static final int RATE = 16_000;
    private static final int AXES = 3;
    private static final int MOTION_SAMPLES = 125;
    private static final int MEL_BANDS = 40;
    private static final int COEFFICIENTS = 10;
    private static final int FRAMES = 49;

    private static final String SOUND = "1 s of 16 kHz";
    private static final String MOTION = MOTION_SAMPLES + " samples of " + AXES + " axes";

    private static final SpectrumParams SPECTRUM = new SpectrumParams(new Frames(640, 320), 1024, Window.HANN, 0, -80);
    private static final MelParams MEL = new MelParams(SPECTRUM, RATE, MelScale.SLANEY, MEL_BANDS, 20, RATE / 2);
    private static final SpectralFeaturesParams SPECTRAL =
            SpectralFeaturesParams.plain(MOTION_SAMPLES, 128).filtered(new Butterworth(false, 6, 0.2f), 3);

    /** All blocks, each once. */
    static List<DspWindow> all() {
        FeatureSnr snr = new FeatureSnr();
        List<DspWindow> all = List.of(
                sound(MelEnergies.INSTANCE, MEL, snr::melEnergies, Map.of()),
                sound(
                        Mfcc.INSTANCE,
                        new MfccParams(MEL, COEFFICIENTS),
                        snr::mfcc,
                        Map.of(EmulatedCore.M0, 20_000_000L, EmulatedCore.M4, 6_000_000L)),
                motion(
                        SpectralFeatures.INSTANCE,
                        SPECTRAL,
                        snr::spectralFeatures,
                        Map.of(EmulatedCore.M0, 800_000L, EmulatedCore.M4, 250_000L)),
                sound(Spectrogram.INSTANCE, SPECTRUM, snr::spectrogram, Map.of()),
                new DspWindow(
                        Standardize.INSTANCE.name(),
                        FRAMES + " x " + COEFFICIENTS + " features",
                        standardize(),
                        OptionalDouble::empty,
                        Map.of()),
                motion(Statistics.INSTANCE, StatisticsParams.all(MOTION_SAMPLES), OptionalDouble::empty, Map.of()),
                new DspWindow(
                        ResizeArea.INSTANCE.name(),
                        "96 x 96 colours to 48 x 48 grey",
                        resizeArea(),
                        OptionalDouble::empty,
                        Map.of()));
        if (all.size() != Operators.DSP_BLOCKS.size()) {
            throw new IllegalStateException("a block is not measured: add its window here");
        }
        return all;
    }

    /** What it may take at most on a core. */
    Optional<Long> bar(EmulatedCore core) {
        return Optional.ofNullable(bars.get(core));
    }

    private static <P extends Record> DspWindow sound(
            FrameOperator<P> block, P params, Supplier<OptionalDouble> snr, Map<EmulatedCore, Long> bars) {
        return new DspWindow(block.name(), SOUND, graph(block, params, RATE, 1), snr, bars);
    }

    private static <P extends Record> DspWindow motion(
            FrameOperator<P> block, P params, Supplier<OptionalDouble> snr, Map<EmulatedCore, Long> bars) {
        return new DspWindow(block.name(), MOTION, graph(block, params, MOTION_SAMPLES, AXES), snr, bars);
    }

    private static <P extends Record> Graph graph(FrameOperator<P> block, P params, int samples, int channels) {
        GraphBuilder builder = new GraphBuilder();
        int input = builder.input("samples", Shape.of(1, samples, 1, channels), ElementType.INT16, SAMPLES);
        return builder.output(builder.node("features", ElementType.INT16, block.output(), block, params, input))
                .build();
    }

    private static Graph resizeArea() {
        GraphBuilder builder = new GraphBuilder();
        Quantization pixels = Quantization.perTensor(1f / 255, -128);
        int image = builder.input("image", Shape.of(1, 96, 96, 3), ElementType.INT8, pixels);
        ResizeAreaParams params = ResizeAreaParams.whole(96, 96, 48, 48, true);
        return builder.output(builder.node("small", ElementType.INT8, pixels, ResizeArea.INSTANCE, params, image))
                .build();
    }

    private static Graph standardize() {
        short[] means = new short[COEFFICIENTS];
        short[] factors = new short[COEFFICIENTS];
        for (int i = 0; i < COEFFICIENTS; i++) {
            means[i] = (short) (1000 * i);
            factors[i] = (short) (100 + i);
        }
        GraphBuilder builder = new GraphBuilder();
        Shape shape = Shape.of(1, FRAMES, 1, COEFFICIENTS);
        int features = builder.input("features", shape, ElementType.INT16, Mfcc.INSTANCE.output());
        Shape constants = Shape.of(COEFFICIENTS);
        return builder.output(builder.node(
                        "standardized",
                        ElementType.INT8,
                        Quantization.perTensor(1f / 32, 0),
                        Standardize.INSTANCE,
                        new StandardizeParams(14),
                        features,
                        builder.constant("means", constants, Quantization.NONE, TensorData.of(means)),
                        builder.constant("factors", constants, Quantization.NONE, TensorData.of(factors))))
                .build();
    }
}
