package org.tinytune.core;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.function.Predicate;

/**
 * Numbers as text in files whose bytes have to be the same from every JDK. Up to JDK 18, {@code Double.toString} and
 * {@code Float.toString} give some numbers more digits than tell them apart; this is what they give since.
 *
 * <p>Source: the specification of {@code Double.toString} of JDK 19 (JDK-4511638). Checked by: DecimalTextTest.
 */
public final class DecimalText {
    /** A digit is written behind the point anyway, so that a second one is free. */
    private static final int LEAST_DIGITS = 2;

    /** As many tell any two numbers apart. */
    private static final int DOUBLE_DIGITS = 17;

    private static final int FLOAT_DIGITS = 9;

    /** Powers of ten of the leading digit that are written without an exponent. */
    private static final int LEAST_PLAIN = -3;

    private static final int GREATEST_PLAIN = 6;

    private DecimalText() {}

    /** The shortest decimal that is this double again, and the closest to it of these: {@code Double.toString}. */
    public static String of(double value) {
        if (value == 0 || !Double.isFinite(value)) {
            return Double.toString(value);
        }
        double magnitude = Math.abs(value);
        BigDecimal shortest = shortest(new BigDecimal(magnitude), DOUBLE_DIGITS, d -> d.doubleValue() == magnitude);
        return (value < 0 ? "-" : "") + notation(shortest);
    }

    /** The shortest decimal that is this float again, and the closest to it of these: {@code Float.toString}. */
    public static String of(float value) {
        if (value == 0 || !Float.isFinite(value)) {
            return Float.toString(value);
        }
        float magnitude = Math.abs(value);
        BigDecimal shortest = shortest(new BigDecimal(magnitude), FLOAT_DIGITS, d -> d.floatValue() == magnitude);
        return (value < 0 ? "-" : "") + notation(shortest);
    }

    /**
     * Of the decimals with the fewest digits.
     *
     * @param isSame whether a decimal is read as the number
     */
    private static BigDecimal shortest(BigDecimal exact, int mostDigits, Predicate<BigDecimal> isSame) {
        for (int digits = LEAST_DIGITS; digits < mostDigits; digits++) {
            BigDecimal nearest = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (isSame.test(nearest)) {
                return nearest;
            }
            // Above a power of two, numbers are twice as far apart as below it: the decimal above may be the one.
            BigDecimal above = exact.round(new MathContext(digits, RoundingMode.UP));
            if (isSame.test(above)) {
                return above;
            }
        }
        return exact.round(new MathContext(mostDigits, RoundingMode.HALF_EVEN));
    }

    private static String notation(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        String digits = stripped.unscaledValue().toString();
        int exponent = stripped.precision() - stripped.scale() - 1;
        if (exponent >= LEAST_PLAIN && exponent <= GREATEST_PLAIN) {
            String plain = stripped.toPlainString();
            return plain.contains(".") ? plain : plain + ".0";
        }
        String behindPoint = digits.length() == 1 ? "0" : digits.substring(1);
        return digits.charAt(0) + "." + behindPoint + "E" + exponent;
    }
}
