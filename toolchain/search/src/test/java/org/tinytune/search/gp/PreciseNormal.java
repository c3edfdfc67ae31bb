package org.tinytune.search.gp;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/**
 * The normal distribution by its power series, with so many digits that nothing cancels that matters.
 *
 * <p>{@code Φ(z) = ½ + φ(z) Σ z^(2k+1) / (2k+1)!!}
 */
final class PreciseNormal {
    private static final MathContext DIGITS = new MathContext(760);
    private static final BigDecimal PI = pi();

    private PreciseNormal() {}

    static double logDensity(double z) {
        return log(density(z));
    }

    static double logCumulative(double z) {
        return log(cumulative(z));
    }

    /** log(φ(z) + z Φ(z)). */
    static double logExpectedImprovement(double z) {
        return log(density(z).add(new BigDecimal(z).multiply(cumulative(z), DIGITS), DIGITS));
    }

    private static BigDecimal density(double z) {
        BigDecimal square = new BigDecimal(z).pow(2, DIGITS).divide(BigDecimal.valueOf(2), DIGITS);
        BigDecimal root = PI.multiply(BigDecimal.valueOf(2)).sqrt(DIGITS);
        return BigDecimal.ONE.divide(exp(square).multiply(root, DIGITS), DIGITS);
    }

    private static BigDecimal cumulative(double z) {
        BigDecimal square = new BigDecimal(z).pow(2, DIGITS);
        BigDecimal term = new BigDecimal(z);
        BigDecimal sum = term;
        for (int k = 1; isSignificant(term); k++) {
            term = term.multiply(square, DIGITS).divide(BigDecimal.valueOf(2L * k + 1), DIGITS);
            sum = sum.add(term, DIGITS);
        }
        return new BigDecimal("0.5").add(density(z).multiply(sum, DIGITS), DIGITS);
    }

    /** e^x for x of at least 0. */
    private static BigDecimal exp(BigDecimal x) {
        BigDecimal term = BigDecimal.ONE;
        BigDecimal sum = term;
        for (int k = 1; isSignificant(term); k++) {
            term = term.multiply(x, DIGITS).divide(BigDecimal.valueOf(k), DIGITS);
            sum = sum.add(term, DIGITS);
        }
        return sum;
    }

    private static boolean isSignificant(BigDecimal term) {
        return term.signum() != 0 && term.precision() - term.scale() > -DIGITS.getPrecision();
    }

    /** Machin's formula: π = 16 arctan(1/5) − 4 arctan(1/239). */
    private static BigDecimal pi() {
        return arctanOfInverse(5)
                .multiply(BigDecimal.valueOf(16))
                .subtract(arctanOfInverse(239).multiply(BigDecimal.valueOf(4)), DIGITS);
    }

    private static BigDecimal arctanOfInverse(int n) {
        BigDecimal power = BigDecimal.ONE.divide(BigDecimal.valueOf(n), DIGITS);
        BigDecimal sum = power;
        for (int k = 1; isSignificant(power); k++) {
            power = power.divide(BigDecimal.valueOf(-(long) n * n), DIGITS);
            sum = sum.add(power.divide(BigDecimal.valueOf(2L * k + 1), DIGITS), DIGITS);
        }
        return sum;
    }

    /** The logarithm, also of what no double can hold: its relative error is a rounding, unless x is about 1. */
    private static double log(BigDecimal x) {
        BigDecimal fromOne = x.subtract(BigDecimal.ONE, DIGITS);
        if (fromOne.abs().compareTo(new BigDecimal("0.1")) < 0) {
            return logOnePlus(fromOne);
        }
        int exponent = x.precision() - x.scale() - 1;
        BigDecimal mantissa = x.scaleByPowerOfTen(-exponent);
        return Math.log(mantissa.doubleValue()) + exponent * Math.log(BigInteger.TEN.doubleValue());
    }

    /** x − x²/2 + x³/3 … */
    private static double logOnePlus(BigDecimal x) {
        BigDecimal power = x;
        BigDecimal sum = x;
        for (int k = 2; isSignificant(power); k++) {
            power = power.multiply(x.negate(), DIGITS);
            sum = sum.add(power.divide(BigDecimal.valueOf(k), DIGITS), DIGITS);
        }
        return sum.doubleValue();
    }
}
