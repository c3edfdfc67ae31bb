package org.tinytune.cli.plot;

import org.tinytune.core.dsp.MelFilterbank;
import org.tinytune.core.dsp.MelScale;
import org.tinytune.core.dsp.Window;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.op.FrameOperator;
import org.tinytune.core.op.Frames;
import org.tinytune.core.op.MelParams;
import org.tinytune.core.op.SpectrumParams;
import org.tinytune.core.op.melenergies.MelEnergies;
import org.tinytune.core.op.spectrogram.Spectrogram;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.sim.Simulator;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Elements;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.SignalFormat;
import org.tinytune.data.augmentation.SampleKind;

/**
 * Power by time and frequency, computed by the integer block that a board would run: {@code MEL_ENERGIES} of sound,
 * {@code SPECTROGRAM} of anything else.
 */
final class FeatureMap {
    private static final double SOUND_FRAME_SECONDS = 0.032;
    private static final int MAX_BANDS = 40;
    private static final int MAX_MOTION_FFT = 128;
    private static final int MOTION_FRAMES = 40;
    private static final int MIN_FFT = 16;
    private static final int MAX_FFT = 2048;
    private static final int FLOOR_DB = -100;

    /** Decibels of a doubled power. */
    private static final double DB_AN_OCTAVE = 10 * StrictMath.log10(2);

    private final Simulator simulator;
    private final FrameOperator<?> block;
    private final int channels;
    private final double nyquistHz;

    private <P extends Record> FeatureMap(
            FrameOperator<P> block, P params, int samples, int channels, SignalFormat format) {
        GraphBuilder builder = new GraphBuilder();
        int input = builder.input(
                "samples",
                Shape.of(1, samples, 1, channels),
                ElementType.INT16,
                Quantization.perTensor((float) format.scale(), 0));
        Graph graph = builder.output(builder.node("features", ElementType.INT16, block.output(), block, params, input))
                .build();
        this.simulator = Simulator.of(graph);
        this.block = block;
        this.channels = channels;
        this.nyquistHz = format.rateHz() / 2;
    }

    /**
     * For windows of a signal.
     *
     * @param samples of a window
     * @param channels how many of them, the first ones
     */
    static FeatureMap of(int samples, int channels, SignalFormat format) {
        if (SampleKind.of(format) != SampleKind.SOUND) {
            int fft = fftLength(samples / 4.0, MAX_MOTION_FFT);
            int length = Math.min(fft, samples);
            Frames frames = new Frames(length, Math.max(1, (samples - length) / MOTION_FRAMES));
            return new FeatureMap(Spectrogram.INSTANCE, spectrum(frames, fft), samples, channels, format);
        }
        int fft = fftLength(Math.min(samples, SOUND_FRAME_SECONDS * format.rateHz()), MAX_FFT);
        int length = Math.min(fft, samples);
        SpectrumParams spectrum = spectrum(new Frames(length, Math.max(1, length / 2)), fft);
        int rate = (int) Math.rint(format.rateHz());
        MelParams mel = new MelParams(spectrum, rate, MelScale.SLANEY, bands(spectrum, rate), 0, rate / 2);
        return new FeatureMap(MelEnergies.INSTANCE, mel, samples, channels, format);
    }

    /** As many as have a bin each. */
    private static int bands(SpectrumParams spectrum, int rate) {
        int bands = Math.min(MAX_BANDS, spectrum.fftLength() / 8);
        double binHz = (double) rate / spectrum.fftLength();
        while (new MelFilterbank(MelScale.SLANEY, bands, binHz, spectrum.bins(), 0, rate / 2.0).emptyBand() >= 0) {
            bands--;
        }
        return bands;
    }

    private static SpectrumParams spectrum(Frames frames, int fft) {
        return new SpectrumParams(frames, fft, Window.HANN, 0, FLOOR_DB);
    }

    /** The power of two that is not longer, if the block can take it. */
    private static int fftLength(double samples, int most) {
        return Math.max(MIN_FFT, Math.min(most, Integer.highestOneBit((int) samples)));
    }

    /** The block's name. */
    String block() {
        return block.name();
    }

    /** Whether the signal is taken for sound. */
    boolean isSound() {
        return block == MelEnergies.INSTANCE;
    }

    /** The channels that it is made of. */
    int channels() {
        return channels;
    }

    /**
     * Computes it.
     *
     * @param window of a signal, {@code [samples, channels]} in counts
     * @param stride values from one moment to the next: all channels, of which the first ones are taken
     * @return decibels to a sine of full scale, {@code [channel][frame][feature]}
     */
    float[][][] of(float[] window, int stride) {
        byte[] input = new byte[simulator.graph().input().bytes()];
        int samples = simulator.graph().input().shape().dim(1);
        for (int i = 0; i < samples * channels; i++) {
            Elements.INT16.set(input, 0, i, (int) window[i / channels * stride + i % channels]);
        }
        byte[] output = simulator.run(input);
        Shape shape = simulator.graph().output().shape();
        float[][][] map = new float[channels][shape.dim(1)][shape.dim(2)];
        int i = 0;
        for (int frame = 0; frame < shape.dim(1); frame++) {
            for (int feature = 0; feature < shape.dim(2); feature++) {
                for (int c = 0; c < channels; c++) {
                    double octaves = block.output().dequantize(Elements.INT16.get(output, 0, i++));
                    map[c][frame][feature] = (float) (octaves * DB_AN_OCTAVE);
                }
            }
        }
        return map;
    }

    /** Where a frequency is on the axis of features: 0 at the first one, 1 at the last one. */
    double position(double hz) {
        return isSound() ? MelScale.SLANEY.mel(hz) / MelScale.SLANEY.mel(nyquistHz) : hz / nyquistHz;
    }

    /** The highest frequency. */
    double highestHz() {
        return nyquistHz;
    }
}
