package org.tinytune.test.dsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tinytune.core.dsp.MelScale;
import org.tinytune.core.dsp.Window;
import org.tinytune.core.op.Frames;
import org.tinytune.core.op.MelParams;
import org.tinytune.core.op.SpectrumParams;
import org.tinytune.core.op.melenergies.MelEnergies;
import org.tinytune.core.op.mfcc.Mfcc;
import org.tinytune.core.op.mfcc.MfccParams;
import org.tinytune.core.op.spectrogram.Spectrogram;
import org.tinytune.core.testing.BlockRun;
import org.tinytune.core.testing.RealFeatures;
import org.tinytune.core.testing.RealSignals;

/** Features of spoken digits against their definition in double. */
class SpeechFeaturesTest {
    private static final double LEAST_SNR = 50;
    private static final int RATE = 8000;

    private static final SpectrumParams SPECTRUM = new SpectrumParams(new Frames(320, 160), 512, Window.HANN, 0, -100);
    private static final SpectrumParams EMPHASIZED =
            new SpectrumParams(new Frames(200, 80), 256, Window.HAMMING, 31_785, -80);

    @Test
    void spectraHave50DecibelsAndMore() {
        for (short[] clip : RealSignals.speech()) {
            for (SpectrumParams params : List.of(SPECTRUM, EMPHASIZED)) {
                double[][] features = BlockRun.features(Spectrogram.INSTANCE, params, clip);
                check(RealFeatures.spectrogram(clip, params), features, RealFeatures.floor(params));
            }
        }
    }

    @Test
    void melEnergiesAndCoefficientsHave50DecibelsAndMore() {
        for (short[] clip : RealSignals.speech()) {
            for (SpectrumParams spectrum : List.of(SPECTRUM, EMPHASIZED)) {
                MelParams mel = new MelParams(spectrum, RATE, MelScale.SLANEY, 24, 60, 3800);
                double[][] energies = BlockRun.features(MelEnergies.INSTANCE, mel, clip);
                check(RealFeatures.melEnergies(clip, mel), energies, RealFeatures.floor(spectrum));
                MfccParams mfcc = new MfccParams(mel, 12);
                double[][] coefficients = BlockRun.features(Mfcc.INSTANCE, mfcc, clip);
                check(RealFeatures.mfcc(clip, mfcc), coefficients, RealFeatures.NO_FLOOR);
            }
        }
    }

    private static void check(double[][] expected, double[][] actual, double floor) {
        assertThat(RealFeatures.snr(expected, actual, floor)).isGreaterThan(LEAST_SNR);
    }
}
