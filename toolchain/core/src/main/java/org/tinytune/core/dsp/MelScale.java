package org.tinytune.core.dsp;

/** How pitch grows with frequency. */
public enum MelScale {
    /**
     * Linear to 1000 Hz, logarithmic above, as in Slaney's Auditory Toolbox.
     *
     * <p>Source: librosa:librosa/core/convert.py, hz_to_mel with htk=False.
     */
    SLANEY {
        @Override
        public double mel(double hz) {
            return hz < KNEE_HZ ? hz / HZ_PER_MEL : KNEE_MEL + StrictMath.log(hz / KNEE_HZ) / LOG_STEP;
        }

        @Override
        public double hz(double mel) {
            return mel < KNEE_MEL ? mel * HZ_PER_MEL : KNEE_HZ * StrictMath.exp(LOG_STEP * (mel - KNEE_MEL));
        }
    },
    /**
     * {@code 2595 log10(1 + f / 700)}, as in HTK.
     *
     * <p>Source: librosa:librosa/core/convert.py, hz_to_mel with htk=True.
     */
    HTK {
        @Override
        public double mel(double hz) {
            return 2595 * StrictMath.log10(1 + hz / 700);
        }

        @Override
        public double hz(double mel) {
            return 700 * (StrictMath.pow(10, mel / 2595) - 1);
        }
    };

    private static final double HZ_PER_MEL = 200.0 / 3;
    private static final double KNEE_HZ = 1000;
    private static final double KNEE_MEL = KNEE_HZ / HZ_PER_MEL;
    private static final double LOG_STEP = StrictMath.log(6.4) / 27;

    /** The pitch of a frequency. */
    public abstract double mel(double hz);

    /** The frequency of a pitch. */
    public abstract double hz(double mel);
}
