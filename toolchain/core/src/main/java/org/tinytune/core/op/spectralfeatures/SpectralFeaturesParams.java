package org.tinytune.core.op.spectralfeatures;

import java.util.Optional;
import org.tinytune.core.dsp.AveragedSpectrum;
import org.tinytune.core.dsp.Butterworth;
import org.tinytune.core.dsp.RealFft;
import org.tinytune.core.dsp.ScaledMean;
import org.tinytune.core.dsp.Window;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.op.Frames;

/**
 * Parameters of {@code SPECTRAL_FEATURES}.
 *
 * @param frames of at most 16,384 samples
 * @param filter of the readings, if there is one
 * @param fftLength of the transforms: a power of two from 16 to 512; a longer frame has several, which overlap by half
 * @param window by which their samples are weighted
 * @param greatest whether the greatest power of all transforms of a frame counts, and not their mean
 * @param scaleBits readings count as if they were shifted left by so many bits, in [-15, 15]
 * @param noiseFloorDb the least power that counts, in decibels to a sine of full scale, in [-120, -1]
 * @param moments whether skewness and kurtosis are among the features
 * @param peaks how many peaks of the spectrum are, in [0, 16]
 * @param firstBin the first bin whose power is, in [0, {@code endBin}]
 * @param endBin one past the last, at most {@code fftLength / 2 + 1}
 */
public record SpectralFeaturesParams(
        Frames frames,
        Optional<Butterworth> filter,
        int fftLength,
        Window window,
        boolean greatest,
        int scaleBits,
        int noiseFloorDb,
        boolean moments,
        int peaks,
        int firstBin,
        int endBin) {
    private static final int MAX_FFT_LENGTH = 512;
    private static final int MAX_SCALE_BITS = 15;
    private static final int LEAST_FLOOR_DB = -120;
    private static final int MAX_PEAKS = 16;

    /**
     * Checks all.
     *
     * @throws InvalidModelException naming what cannot be
     */
    public SpectralFeaturesParams {
        if (!RealFft.isLength(fftLength) || fftLength > MAX_FFT_LENGTH) {
            throw new InvalidModelException("the FFT's length is " + fftLength + ", not a power of two from "
                    + RealFft.MIN_LENGTH + " to " + MAX_FFT_LENGTH);
        }
        if (frames.length() > ScaledMean.MAX_COUNT) {
            throw new InvalidModelException(
                    "a frame of " + frames.length() + " samples is longer than " + ScaledMean.MAX_COUNT);
        }
        if (Math.abs(scaleBits) > MAX_SCALE_BITS) {
            throw new InvalidModelException("readings are shifted by " + scaleBits + " bits, not by -15 to 15");
        }
        if (noiseFloorDb < LEAST_FLOOR_DB || noiseFloorDb >= 0) {
            throw new InvalidModelException("the noise floor is " + noiseFloorDb + " dB, not in [-120, -1]");
        }
        if (peaks < 0 || peaks > MAX_PEAKS) {
            throw new InvalidModelException("there are " + peaks + " peaks, not 0 to " + MAX_PEAKS);
        }
        if (firstBin < 0 || firstBin > endBin || endBin > fftLength / 2 + 1) {
            throw new InvalidModelException("bins " + firstBin + " to " + endBin + " of " + (fftLength / 2 + 1));
        }
    }

    /** Power, moments and all bins of single frames of so many samples, without a filter. */
    public static SpectralFeaturesParams plain(int samples, int fftLength) {
        return new SpectralFeaturesParams(
                Frames.single(samples),
                Optional.empty(),
                fftLength,
                Window.HANN,
                false,
                0,
                LEAST_FLOOR_DB,
                true,
                0,
                0,
                fftLength / 2 + 1);
    }

    /** The same behind a filter, of which only bins remain that it passes, and some peaks of these. */
    public SpectralFeaturesParams filtered(Butterworth by, int peaksOfThese) {
        int bin = (int) StrictMath.rint(by.cutoff() * fftLength);
        return new SpectralFeaturesParams(
                frames,
                Optional.of(by),
                fftLength,
                window,
                greatest,
                scaleBits,
                noiseFloorDb,
                moments,
                peaksOfThese,
                by.highPass() ? Math.max(firstBin, bin) : firstBin,
                by.highPass() ? endBin : Math.min(endBin, bin + 1));
    }

    /** The arithmetic of spectra. */
    public AveragedSpectrum spectrum() {
        return new AveragedSpectrum(RealFft.ofLength(fftLength), window, greatest);
    }

    /** Bins that are features. */
    public int bins() {
        return endBin - firstBin;
    }

    /** Fractional bits of readings where the mean is subtracted. */
    public int fractionBits() {
        return filter.isPresent() ? Butterworth.FRACTION_BITS : SpectralFeatures.FRACTION_BITS;
    }

    /** The features of a frame. */
    public int features() {
        return 1 + (moments ? 2 : 0) + 2 * peaks + bins();
    }
}
