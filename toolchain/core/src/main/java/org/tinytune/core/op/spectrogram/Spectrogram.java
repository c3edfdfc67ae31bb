package org.tinytune.core.op.spectrogram;

import org.tinytune.core.dsp.Log2;
import org.tinytune.core.dsp.PowerSpectrum;
import org.tinytune.core.op.FrameKernel;
import org.tinytune.core.op.FrameOperator;
import org.tinytune.core.op.Frames;
import org.tinytune.core.op.LogFeatures;
import org.tinytune.core.op.SpectrumParams;

/**
 * {@code SPECTROGRAM}: the power of every bin from 0 to half the sample rate, as a logarithm to the base 2 in steps of
 * 1/256, relative to a sine of full scale.
 */
public final class Spectrogram extends FrameOperator<SpectrumParams> {
    /** The operator. */
    public static final Spectrogram INSTANCE = new Spectrogram();

    private Spectrogram() {
        super("SPECTROGRAM", SpectrumParams.class, LogFeatures.OUTPUT);
    }

    @Override
    protected Frames frames(SpectrumParams params) {
        return params.frames();
    }

    @Override
    protected int features(SpectrumParams params) {
        return params.bins();
    }

    @Override
    protected long macs(SpectrumParams params) {
        return params.macs();
    }

    @Override
    protected FrameKernel.Frame frame(SpectrumParams params) {
        PowerSpectrum spectrum = params.spectrum();
        int reference = spectrum.reference();
        int floor = Log2.ofDecibels(params.noiseFloorDb());
        return (sample, feature) -> {
            int[] powers = new int[spectrum.fft().dataLength()];
            int up = spectrum.transform(sample, powers);
            for (int k = 0; k < params.bins(); k++) {
                int exponent = powers[2 * k + 1] - 2 * up;
                feature.set(k, LogFeatures.rounded(Log2.ofPower(powers[2 * k], exponent, reference, floor)));
            }
        };
    }
}
