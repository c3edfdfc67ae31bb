package org.tinytune.core.op.spectralfeatures;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import org.tinytune.core.dsp.AveragedSpectrum;
import org.tinytune.core.dsp.Deviations;
import org.tinytune.core.dsp.Log2;
import org.tinytune.core.dsp.Moments;
import org.tinytune.core.op.FrameKernel;
import org.tinytune.core.op.LogFeatures;

/**
 * The features of a frame of one channel, see {@link SpectralFeatures}.
 *
 * <p>Checked by: SpectralFeaturesTest, DspBlockDifferentialTest.
 */
final class FrameSpectrum implements FrameKernel.Frame {
    /** The power of a sine of full scale, as a power of two. */
    private static final int FULL_SCALE = 29;

    /** The sample rate as a frequency. */
    private static final int RATE = 1 << 15;

    private final SpectralFeaturesParams params;
    private final AveragedSpectrum spectrum;
    private final int reference;
    private final int floor;

    FrameSpectrum(SpectralFeaturesParams params) {
        this.params = params;
        spectrum = params.spectrum();
        reference = spectrum.reference(params.frames().length(), params.fractionBits());
        floor = Log2.ofDecibels(params.noiseFloorDb());
    }

    @Override
    public void compute(IntUnaryOperator sample, FrameKernel.Features feature) {
        int[] readings = new int[params.frames().length()];
        Arrays.setAll(readings, sample);
        Deviations deviations = Deviations.of(values(readings));
        Moments moments = Moments.of(deviations);
        int at = 0;
        feature.set(at++, rounded(powerOf(moments)));
        if (params.moments()) {
            feature.set(at++, moments.skewness());
            feature.set(at++, moments.kurtosis());
        }
        int[] logs = logs(deviations);
        int bound = Integer.MAX_VALUE;
        int before = 0;
        for (int i = 0; i < params.peaks(); i++) {
            int peak = peak(logs, bound, before);
            int log = peak == 0 ? floor : logs[peak];
            feature.set(at++, peak * (RATE / params.fftLength()));
            feature.set(at++, rounded(log));
            bound = peak == 0 ? Integer.MIN_VALUE : log;
            before = peak;
        }
        for (int k = params.firstBin(); k < params.endBin(); k++) {
            feature.set(at++, rounded(logs[k]));
        }
    }

    private int[] values(int[] readings) {
        return params.filter()
                .map(filter -> filter.filter(readings))
                .orElseGet(() -> Arrays.stream(readings)
                        .map(x -> x << SpectralFeatures.FRACTION_BITS)
                        .toArray());
    }

    private int powerOf(Moments moments) {
        int exponent = 2 * (moments.exponent() - params.fractionBits()) - FULL_SCALE;
        return Log2.ofPower((int) moments.variance(), exponent, 0, floor);
    }

    private int[] logs(Deviations deviations) {
        int[] powers = spectrum.of(deviations);
        int[] logs = new int[params.fftLength() / 2 + 1];
        for (int k = 0; k < logs.length; k++) {
            int exponent = powers[2 * k + 1] + 2 * deviations.shift();
            logs[k] = Log2.ofPower(powers[2 * k], exponent, reference, floor);
        }
        return logs;
    }

    /**
     * The bin of the highest peak that comes after another: it is lower, or as high and behind.
     *
     * @return 0 if there is none
     */
    private int peak(int[] logs, int bound, int before) {
        int peak = 0;
        for (int k = Math.max(1, params.firstBin()); k < Math.min(logs.length - 1, params.endBin()); k++) {
            boolean isPeak = logs[k] > logs[k - 1] && logs[k] >= logs[k + 1];
            boolean isNext = logs[k] < bound || logs[k] == bound && k > before;
            if (isPeak && isNext && (peak == 0 || logs[k] > logs[peak])) {
                peak = k;
            }
        }
        return peak;
    }

    /** As a feature, readings taken with their scale. */
    private int rounded(int log) {
        return LogFeatures.rounded(log + (2 * params.scaleBits() << Log2.FRACTION_BITS));
    }
}
