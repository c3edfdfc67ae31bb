package org.tinytune.data.split;

import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;

/**
 * How a data set is divided.
 *
 * @param seed of the draw
 * @param testFraction of all samples, in (0, 1); not used where the data set comes with a test part of its own
 * @param validationFraction of what is left after the test part, in (0, 1)
 * @param maxValidation samples that the validation part has at most: beyond this it costs training samples and time,
 *     and tells hardly more
 */
public record SplitOptions(long seed, double testFraction, double validationFraction, int maxValidation) {
    private static final double DEFAULT_FRACTION = 0.2;

    /** The standard error of an accuracy of 0.9 is 0.3 points here. */
    private static final int DEFAULT_MAX_VALIDATION = 10_000;

    /**
     * Checks the ranges.
     *
     * @throws TinytuneException with {@link ExitCode#USAGE} if a fraction or the maximum is out of range
     */
    public SplitOptions {
        checkFraction("test", testFraction);
        checkFraction("validation", validationFraction);
        if (maxValidation < 1) {
            throw new TinytuneException(
                    ExitCode.USAGE, "at most " + maxValidation + " validation samples: give 1 or more");
        }
    }

    /** One fifth for testing, and one fifth of the rest, at most 10,000, for validation. */
    public static SplitOptions seeded(long seed) {
        return new SplitOptions(seed, DEFAULT_FRACTION, DEFAULT_FRACTION, DEFAULT_MAX_VALIDATION);
    }

    /** Samples for validation of so many that are left after the test part. */
    int validationSize(int rest) {
        return (int) Math.min(maxValidation, Math.round(validationFraction * rest));
    }

    private static void checkFraction(String part, double fraction) {
        if (!(fraction > 0 && fraction < 1)) {
            throw new TinytuneException(
                    ExitCode.USAGE, part + " fraction " + fraction + " is not between 0 and 1: 0.2 is usual");
        }
    }
}
