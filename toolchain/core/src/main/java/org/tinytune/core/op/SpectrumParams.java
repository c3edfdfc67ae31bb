package org.tinytune.core.op;

import org.tinytune.core.dsp.PowerSpectrum;
import org.tinytune.core.dsp.RealFft;
import org.tinytune.core.dsp.Window;
import org.tinytune.core.graph.InvalidModelException;

/**
 * How frames of samples become spectra; see {@link PowerSpectrum}.
 *
 * @param frames how the samples are cut
 * @param fftLength of the transform: a power of two from 16 to 2048, at least that of a frame, which is filled up with
 *     zeros
 * @param window by which a frame's samples are weighted
 * @param preEmphasis the part of the sample before that each sample is less, Q15 in [0, 32767]; 0 is none
 * @param noiseFloorDb the least power that counts, in decibels to a sine of full scale, in [-120, -1]
 */
public record SpectrumParams(Frames frames, int fftLength, Window window, int preEmphasis, int noiseFloorDb) {
    private static final int LEAST_FLOOR_DB = -120;

    /**
     * Checks all.
     *
     * @throws InvalidModelException naming what cannot be
     */
    public SpectrumParams {
        if (!RealFft.isLength(fftLength)) {
            throw new InvalidModelException("the FFT's length is " + fftLength + ", not a power of two from "
                    + RealFft.MIN_LENGTH + " to " + RealFft.MAX_LENGTH);
        }
        if (frames.length() > fftLength) {
            throw new InvalidModelException(
                    "a frame of " + frames.length() + " samples is longer than the FFT of " + fftLength);
        }
        if (preEmphasis < 0 || preEmphasis > Short.MAX_VALUE) {
            throw new InvalidModelException("pre-emphasis is " + preEmphasis + ", not in [0, 32767]");
        }
        if (noiseFloorDb < LEAST_FLOOR_DB || noiseFloorDb >= 0) {
            throw new InvalidModelException("the noise floor is " + noiseFloorDb + " dB, not in [-120, -1]");
        }
    }

    /** The arithmetic of it. */
    public PowerSpectrum spectrum() {
        return new PowerSpectrum(frames.length(), RealFft.ofLength(fftLength), window, preEmphasis);
    }

    /** Bins from 0 to half the sample rate. */
    public int bins() {
        return fftLength / 2 + 1;
    }

    /** Multiplications of a frame: window, stages of radix 4, the last stage and powers. */
    public long macs() {
        int complexBits = Integer.numberOfTrailingZeros(fftLength) - 1;
        long butterflies = (long) fftLength / 8 * ((complexBits - 1) / 2);
        return frames.length() + 12 * butterflies + fftLength + 2L * bins();
    }
}
