package org.tinytune.data.feature;

import java.util.Arrays;
import java.util.Optional;
import org.tinytune.core.dsp.Butterworth;
import org.tinytune.core.dsp.MelFilterbank;
import org.tinytune.core.dsp.MelScale;
import org.tinytune.core.dsp.Q15;
import org.tinytune.core.dsp.RealFft;
import org.tinytune.core.dsp.Window;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.op.Frames;
import org.tinytune.core.op.MelParams;
import org.tinytune.core.op.SpectrumParams;
import org.tinytune.core.op.melenergies.MelEnergies;
import org.tinytune.core.op.mfcc.Mfcc;
import org.tinytune.core.op.mfcc.MfccParams;
import org.tinytune.core.op.spectralfeatures.SpectralFeatures;
import org.tinytune.core.op.spectralfeatures.SpectralFeaturesParams;
import org.tinytune.core.op.spectrogram.Spectrogram;
import org.tinytune.core.op.statistics.Statistic;
import org.tinytune.core.op.statistics.Statistics;
import org.tinytune.core.op.statistics.StatisticsParams;

/**
 * Designs of features by the few numbers that matter; the rest of a block's parameters follows from them as is usual in
 * the field.
 */
public final class FeatureDesigns {
    /** Speech falls by 6 dB an octave; this makes up for it. The usual 0.97. */
    private static final double PRE_EMPHASIS = 0.97;

    private FeatureDesigns() {}

    /**
     * Bands of equal width to the ear.
     *
     * @param frames of a spectrum each
     * @param bands how many
     * @param lowHz where the first begins
     * @param highHz where the last ends
     * @param rateHz of the samples
     * @param floorDb the least power that counts, to that of a sine of full scale
     */
    public record Bands(Frames frames, int bands, int lowHz, int highHz, int rateHz, int floorDb) {
        private static final int LOW_HZ = 60;
        private static final int HIGH_HZ = 8000;

        /** Where bands usually begin: above the hum of mains, where there is room. */
        public static int usualLowHz(int rateHz) {
            return Math.min(LOW_HZ, rateHz / 8);
        }

        /** Where they usually end. */
        public static int usualHighHz(int rateHz) {
            return Math.min(HIGH_HZ, rateHz / 2);
        }

        /** Whether the longest FFT leaves none of them empty. */
        public boolean exist() {
            return lowHz < highHz && emptyBand(RealFft.MAX_LENGTH) < 0;
        }

        /** As parameters, with the shortest FFT that leaves no band empty. */
        MelParams params() {
            int fft = fftLength(frames.length());
            while (fft < RealFft.MAX_LENGTH && emptyBand(fft) >= 0) {
                fft *= 2;
            }
            return new MelParams(
                    spectrum(frames, fft, Q15.of(PRE_EMPHASIS), floorDb), rateHz, MelScale.HTK, bands, lowHz, highHz);
        }

        private int emptyBand(int fft) {
            return lowHz >= 0 && lowHz < highHz && bands > 0
                    ? new MelFilterbank(MelScale.HTK, bands, (double) rateHz / fft, fft / 2 + 1, lowHz, highHz)
                            .emptyBand()
                    : -1;
        }
    }

    /**
     * Logarithms of the energies of bands.
     *
     * @throws InvalidModelException if there is no such block
     */
    public static FeatureDesign mel(Bands bands) {
        return FeatureDesign.of(MelEnergies.INSTANCE, bands.params());
    }

    /**
     * Mel-frequency cepstral coefficients.
     *
     * @throws InvalidModelException if there is no such block
     */
    public static FeatureDesign mfcc(Bands bands, int coefficients) {
        return FeatureDesign.of(Mfcc.INSTANCE, new MfccParams(bands.params(), coefficients));
    }

    /**
     * Logarithms of power spectra.
     *
     * @param fftLength a power of two, or 0 for the shortest that holds a frame
     * @throws InvalidModelException if there is no such block
     */
    public static FeatureDesign spectrogram(Frames frames, int fftLength, int floorDb) {
        int fft = fftLength == 0 ? fftLength(frames.length()) : fftLength;
        return FeatureDesign.of(Spectrogram.INSTANCE, spectrum(frames, fft, 0, floorDb));
    }

    /**
     * Mean, extremes, deviation and so on of frames.
     *
     * @throws InvalidModelException if there is no such block
     */
    public static FeatureDesign statistics(Frames frames) {
        return FeatureDesign.of(Statistics.INSTANCE, new StatisticsParams(frames, Arrays.asList(Statistic.values())));
    }

    /**
     * Power, moments, spectrum and peaks of frames of motion.
     *
     * @param filter of the readings, which leaves only bins that it passes
     * @param peaks how many of the spectrum are told
     * @throws InvalidModelException if there is no such block
     */
    public static FeatureDesign spectral(
            Frames frames, int fftLength, Optional<Butterworth> filter, int peaks, int floorDb) {
        SpectralFeaturesParams plain = new SpectralFeaturesParams(
                frames, Optional.empty(), fftLength, Window.HANN, false, 0, floorDb, true, peaks, 0, fftLength / 2 + 1);
        return FeatureDesign.of(
                SpectralFeatures.INSTANCE,
                filter.map(f -> plain.filtered(f, peaks)).orElse(plain));
    }

    private static SpectrumParams spectrum(Frames frames, int fftLength, int preEmphasis, int floorDb) {
        return new SpectrumParams(frames, fftLength, Window.HANN, preEmphasis, floorDb);
    }

    /** The shortest FFT that holds a frame, if there is one. */
    private static int fftLength(int samples) {
        int length = Math.max(RealFft.MIN_LENGTH, Integer.highestOneBit(Math.max(1, samples)));
        return length < samples ? 2 * length : length;
    }
}
