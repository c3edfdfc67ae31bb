package org.tinytune.core.dsp;

/** How the samples of a frame are weighted; periodic, as for spectra. */
public enum Window {
    /** All alike. */
    RECTANGULAR(1),
    /** Down to 0. */
    HANN(0.5),
    /** Down to 0.08. */
    HAMMING(0.54);

    private final double mean;

    Window(double mean) {
        this.mean = mean;
    }

    /** The weight of sample {@code i} of a frame. */
    public double at(int i, int length) {
        return mean - (1 - mean) * StrictMath.cos(2 * StrictMath.PI * i / length);
    }

    /** The mean of all weights. */
    public double mean() {
        return mean;
    }

    /**
     * Twice the weights less 1, in Q15, of samples 0 to {@code length / 2}: a bit more exact than the weights in Q15.
     * Those behind mirror them, sample i as sample {@code length - i}.
     */
    public short[] swings(int length) {
        short[] swings = new short[length / 2 + 1];
        for (int i = 0; i < swings.length; i++) {
            swings[i] = Q15.of(2 * at(i, length) - 1);
        }
        return swings;
    }
}
