package org.tinytune.test.bench;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.tinytune.core.dsp.Butterworth;
import org.tinytune.core.dsp.MelScale;
import org.tinytune.core.dsp.Window;
import org.tinytune.core.op.FrameOperator;
import org.tinytune.core.op.Frames;
import org.tinytune.core.op.MelParams;
import org.tinytune.core.op.SpectrumParams;
import org.tinytune.core.op.melenergies.MelEnergies;
import org.tinytune.core.op.mfcc.Mfcc;
import org.tinytune.core.op.mfcc.MfccParams;
import org.tinytune.core.op.spectralfeatures.SpectralFeatures;
import org.tinytune.core.op.spectralfeatures.SpectralFeaturesParams;
import org.tinytune.core.op.spectrogram.Spectrogram;
import org.tinytune.core.testing.BlockRun;
import org.tinytune.core.testing.RealFeatures;
import org.tinytune.core.testing.RealMotionFeatures;
import org.tinytune.core.testing.RealSignals;
import org.tinytune.core.testing.SharedFolder;

/**
 * How exact features of real signals are: spoken digits at 8 kHz in frames of 40 ms every 20, and axes of an
 * accelerometer, against their definition in double. The worst signal counts.
 */
final class FeatureSnr {
    private static final int RATE = 8000;
    private static final SpectrumParams SPECTRUM = new SpectrumParams(new Frames(320, 160), 512, Window.HANN, 0, -80);
    private static final MelParams MEL = new MelParams(SPECTRUM, RATE, MelScale.SLANEY, 24, 60, 3800);
    private static final MfccParams MFCC = new MfccParams(MEL, 10);

    private static final SpectralFeaturesParams SPECTRAL =
            SpectralFeaturesParams.plain(RealSignals.MOTION_FRAME, 128).filtered(new Butterworth(false, 6, 0.2f), 0);

    private final List<short[]> speech =
            SharedFolder.find(RealSignals.SPEECH).isPresent() ? RealSignals.speech() : List.of();
    private final List<short[]> motion =
            SharedFolder.find(RealSignals.MOTION).isPresent() ? RealSignals.motion() : List.of();

    /** Of SPECTROGRAM. */
    OptionalDouble spectrogram() {
        double floor = RealFeatures.floor(SPECTRUM);
        return of(speech, Spectrogram.INSTANCE, SPECTRUM, x -> RealFeatures.spectrogram(x, SPECTRUM), floor);
    }

    /** Of MEL_ENERGIES. */
    OptionalDouble melEnergies() {
        double floor = RealFeatures.floor(SPECTRUM);
        return of(speech, MelEnergies.INSTANCE, MEL, x -> RealFeatures.melEnergies(x, MEL), floor);
    }

    /** Of MFCC. */
    OptionalDouble mfcc() {
        return of(speech, Mfcc.INSTANCE, MFCC, x -> RealFeatures.mfcc(x, MFCC), RealFeatures.NO_FLOOR);
    }

    /** Of SPECTRAL_FEATURES. */
    OptionalDouble spectralFeatures() {
        double floor = RealMotionFeatures.floor(SPECTRAL);
        return of(motion, SpectralFeatures.INSTANCE, SPECTRAL, x -> RealMotionFeatures.spectral(x, SPECTRAL), floor);
    }

    private static <P extends Record> OptionalDouble of(
            List<short[]> signals,
            FrameOperator<P> block,
            P params,
            Function<short[], double[][]> definition,
            double floor) {
        ToDoubleFunction<short[]> snr =
                x -> RealFeatures.snr(definition.apply(x), BlockRun.features(block, params, x), floor);
        return signals.stream().mapToDouble(snr).min();
    }
}
