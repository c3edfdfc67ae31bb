package org.tinytune.train.settings;

import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;

/** Checks what a user has set. */
public final class Settings {
    private Settings() {}

    /**
     * Refuses a value out of range.
     *
     * @param condition whether the value is in range
     * @param what is set
     * @param value that it is set to
     * @param wanted the range in words
     * @throws TinytuneException with {@link ExitCode#USAGE} if not
     */
    public static void require(boolean condition, String what, Number value, String wanted) {
        if (!condition) {
            throw new TinytuneException(ExitCode.USAGE, what + " " + value + ": give " + wanted);
        }
    }

    /** Refuses what is not in [0, 1). */
    public static void requireShare(String what, double value) {
        require(value >= 0 && value < 1, what, value, "0 or more, below 1");
    }

    /** Refuses what is not finite and above 0. */
    public static void requirePositive(String what, double value) {
        require(value > 0 && value < Double.POSITIVE_INFINITY, what, value, "a number above 0");
    }

    /** Refuses what is not finite and 0 or more. */
    public static void requireNotNegative(String what, double value) {
        require(value >= 0 && value < Double.POSITIVE_INFINITY, what, value, "0 or more");
    }
}
