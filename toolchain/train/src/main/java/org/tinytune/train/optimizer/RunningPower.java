package org.tinytune.train.optimizer;

/**
 * A power whose exponent is the number of the step: by repeated multiplication, so that it is the same on every
 * platform, and in a run that is resumed.
 */
final class RunningPower {
    private final float base;
    private long exponent;
    private double power = 1;

    /** @param base in [0, 1) */
    RunningPower(float base) {
        this.base = base;
    }

    /** {@code 1 - base^step}: what a running mean that began at 0 has to be divided by. */
    double correction(long step) {
        if (step < exponent) {
            exponent = 0;
            power = 1;
        }
        while (exponent < step) {
            power *= base;
            exponent++;
        }
        return 1 - power;
    }
}
