package org.tinytune.data.recording;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Seconds, hertz and the like for people: no exponent however large or small, and no zeros that tell nothing. */
public final class PlainNumber {
    private static final double LEAST_DECIMAL = 0.001;
    private static final MathContext DIGITS_BELOW = new MathContext(3);

    private PlainNumber() {}

    /** To a thousandth, with thousands apart; what is less than one has three digits, so that it is not 0. */
    public static String of(double value) {
        return value != 0 && Math.abs(value) < LEAST_DECIMAL
                ? new BigDecimal(value).round(DIGITS_BELOW).stripTrailingZeros().toPlainString()
                : String.format(Locale.ROOT, "%,.3f", value).replaceAll("\\.0+$|(\\.[0-9]*[1-9])0+$", "$1");
    }

    /** With its unit. */
    public static String seconds(double seconds) {
        return of(seconds) + " s";
    }
}
