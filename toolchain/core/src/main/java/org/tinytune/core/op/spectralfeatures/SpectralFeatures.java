package org.tinytune.core.op.spectralfeatures;

import org.tinytune.core.op.FrameKernel;
import org.tinytune.core.op.FrameOperator;
import org.tinytune.core.op.Frames;
import org.tinytune.core.op.LogFeatures;

/**
 * {@code SPECTRAL_FEATURES}: what tells movements apart. Readings are filtered, if wanted, and freed of their mean; of
 * what is left come, in this order,
 *
 * <ol>
 *   <li>the power, the square of the deviation;
 *   <li>if wanted, skewness and kurtosis, the latter less 3, in [-128, 128); both 0 where nothing deviates;
 *   <li>of the highest peaks of the spectrum, the highest first, frequency and power each: the frequency in parts of
 *       the sample rate, times 128, so in [0, 64]; 0 and the noise floor if there are less;
 *   <li>the power of bins.
 * </ol>
 *
 * <p>Powers are logarithms to the base 2, relative to a sine of full scale (32,768, in the middle of its bin), at least
 * the noise floor. All features have steps of 1/256.
 *
 * <p>A peak is a bin, among those that are features, above the one before and not below the one behind; neither end of
 * the spectrum is one.
 */
public final class SpectralFeatures extends FrameOperator<SpectralFeaturesParams> {
    /** The operator. */
    public static final SpectralFeatures INSTANCE = new SpectralFeatures();

    /** Fractional bits of readings without a filter. */
    public static final int FRACTION_BITS = 14;

    private static final int MACS_OF_SECTION = 3;

    /** Of a sample: second to fourth power. */
    private static final int MACS_OF_SAMPLE = 3;

    private SpectralFeatures() {
        super("SPECTRAL_FEATURES", SpectralFeaturesParams.class, LogFeatures.OUTPUT);
    }

    @Override
    protected Frames frames(SpectralFeaturesParams params) {
        return params.frames();
    }

    @Override
    protected int features(SpectralFeaturesParams params) {
        return params.features();
    }

    @Override
    protected long macs(SpectralFeaturesParams params) {
        int length = params.frames().length();
        int sections = params.filter().map(filter -> filter.order() / 2).orElse(0);
        int complexBits = Integer.numberOfTrailingZeros(params.fftLength()) - 1;
        long butterflies = (long) params.fftLength() / 8 * ((complexBits - 1) / 2);
        long transform = 12 * butterflies + 3L * params.fftLength();
        return (long) length * (MACS_OF_SAMPLE + MACS_OF_SECTION * sections)
                + params.spectrum().segments(length) * transform;
    }

    /** Logarithms of all bins: peaks are looked for among them. */
    @Override
    protected int values(SpectralFeaturesParams params) {
        return params.fftLength() / 2 + 1;
    }

    @Override
    protected FrameKernel.Frame frame(SpectralFeaturesParams params) {
        return new FrameSpectrum(params);
    }
}
