package org.tinytune.core.op;

import java.util.function.IntUnaryOperator;
import org.tinytune.core.dsp.Log2;
import org.tinytune.core.dsp.MelFilterbank;
import org.tinytune.core.dsp.PowerSpectrum;

/** From a frame to the logarithms of the power in its mel bands, prepared once. */
public final class MelLogs {
    private final PowerSpectrum spectrum;
    private final MelFilterbank filterbank;
    private final int reference;
    private final int floor;

    /** Prepares tables. */
    public MelLogs(MelParams params) {
        spectrum = params.spectrum().spectrum();
        filterbank = params.filterbank();
        reference = spectrum.reference();
        floor = Log2.ofDecibels(params.spectrum().noiseFloorDb());
    }

    /**
     * Of a frame.
     *
     * @param sample gives sample i, an int16
     * @return for each band, {@link Log2}
     */
    public int[] of(IntUnaryOperator sample) {
        int[] powers = new int[spectrum.fft().dataLength()];
        int up = spectrum.transform(sample, powers);
        int[] logs = new int[filterbank.bands()];
        filterbank.logs(powers, reference - (2 * up << Log2.FRACTION_BITS), floor, logs);
        return logs;
    }
}
