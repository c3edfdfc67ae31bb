package org.tinytune.core.op;

import org.tinytune.core.dsp.CosineTransform;
import org.tinytune.core.dsp.MelFilterbank;
import org.tinytune.core.dsp.MelScale;
import org.tinytune.core.graph.InvalidModelException;

/**
 * How spectra become the power of bands; see {@link MelFilterbank}.
 *
 * @param spectrum of each frame
 * @param sampleRateHz of the samples
 * @param scale on which the bands are equally wide
 * @param bands how many, in [1, 128]
 * @param lowHz where the first one begins
 * @param highHz where the last one ends, at most half the sample rate
 */
public record MelParams(SpectrumParams spectrum, int sampleRateHz, MelScale scale, int bands, int lowHz, int highHz) {
    /**
     * Checks all.
     *
     * @throws InvalidModelException naming what cannot be
     */
    public MelParams {
        if (sampleRateHz < 1) {
            throw new InvalidModelException("the sample rate is " + sampleRateHz + " Hz");
        }
        if (bands < 1 || bands > CosineTransform.MAX_LENGTH) {
            throw new InvalidModelException("there are " + bands + " bands, not 1 to " + CosineTransform.MAX_LENGTH);
        }
        if (lowHz < 0 || lowHz >= highHz || highHz > sampleRateHz / 2) {
            throw new InvalidModelException(
                    "bands from " + lowHz + " to " + highHz + " Hz, of 0 to " + sampleRateHz / 2);
        }
        int empty =
                filterbank(spectrum, sampleRateHz, scale, bands, lowHz, highHz).emptyBand();
        if (empty >= 0) {
            throw new InvalidModelException("band " + empty + " of " + bands + " lies between two bins of an FFT of "
                    + spectrum.fftLength() + ": use fewer bands or a longer FFT");
        }
    }

    /** The arithmetic of it. */
    public MelFilterbank filterbank() {
        return filterbank(spectrum, sampleRateHz, scale, bands, lowHz, highHz);
    }

    private static MelFilterbank filterbank(
            SpectrumParams spectrum, int sampleRateHz, MelScale scale, int bands, int lowHz, int highHz) {
        double binHz = (double) sampleRateHz / spectrum.fftLength();
        return new MelFilterbank(scale, bands, binHz, spectrum.bins(), lowHz, highHz);
    }

    /** Multiplications of a frame. */
    public long macs() {
        return spectrum.macs() + spectrum.bins();
    }
}
