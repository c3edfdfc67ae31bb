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
    private static final int MOST_DIGITS = 760;
    private static final BigDecimal PI = pi();

    private final BigDecimal z;
    private final MathContext digits;
    private final BigDecimal density;
    private final BigDecimal cumulative;

    /** The series rises to e^(z²/2) and the result may be as small as e^(−z²/2). */
    PreciseNormal(double z) {
        this.z = new BigDecimal(z);
        this.digits = new MathContext(Math.min(MOST_DIGITS, 50 + (int) (z * z / Math.log(10))));
        this.density = density();
        this.cumulative = cumulative();
    }

    double logDensity() {
        return log(density);
    }

    double logCumulative() {
        return log(cumulative);
    }

    /** log(φ(z) + z Φ(z)). */
    double logExpectedImprovement() {
        return log(density.add(z.multiply(cumulative, digits), digits));
    }

    private BigDecimal density() {
        BigDecimal square = z.pow(2, digits).divide(BigDecimal.valueOf(2), digits);
        BigDecimal root = PI.multiply(BigDecimal.valueOf(2)).sqrt(digits);
        return BigDecimal.ONE.divide(exp(square).multiply(root, digits), digits);
    }

    private BigDecimal cumulative() {
        BigDecimal square = z.pow(2, digits);
        BigDecimal term = z;
        BigDecimal sum = term;
        for (int k = 1; isSignificant(term, digits); k++) {
            term = term.multiply(square, digits).divide(BigDecimal.valueOf(2L * k + 1), digits);
            sum = sum.add(term, digits);
        }
        return new BigDecimal("0.5").add(density.multiply(sum, digits), digits);
    }

    /** e^x for x of at least 0. */
    private BigDecimal exp(BigDecimal x) {
        BigDecimal term = BigDecimal.ONE;
        BigDecimal sum = term;
        for (int k = 1; isSignificant(term, digits); k++) {
            term = term.multiply(x, digits).divide(BigDecimal.valueOf(k), digits);
            sum = sum.add(term, digits);
        }
        return sum;
    }

    private static boolean isSignificant(BigDecimal term, MathContext digits) {
        return term.signum() != 0 && term.precision() - term.scale() > -digits.getPrecision();
    }

    /** Machin's formula: π = 16 arctan(1/5) − 4 arctan(1/239). */
    private static BigDecimal pi() {
        MathContext most = new MathContext(MOST_DIGITS);
        return arctanOfInverse(5, most)
                .multiply(BigDecimal.valueOf(16))
                .subtract(arctanOfInverse(239, most).multiply(BigDecimal.valueOf(4)), most);
    }

    private static BigDecimal arctanOfInverse(int n, MathContext digits) {
        BigDecimal power = BigDecimal.ONE.divide(BigDecimal.valueOf(n), digits);
        BigDecimal sum = power;
        for (int k = 1; isSignificant(power, digits); k++) {
            power = power.divide(BigDecimal.valueOf(-(long) n * n), digits);
            sum = sum.add(power.divide(BigDecimal.valueOf(2L * k + 1), digits), digits);
        }
        return sum;
    }

    /** The logarithm, also of what no double can hold: its relative error is a rounding, unless x is about 1. */
    private double log(BigDecimal x) {
        BigDecimal fromOne = x.subtract(BigDecimal.ONE, digits);
        if (fromOne.abs().compareTo(new BigDecimal("0.1")) < 0) {
            return logOnePlus(fromOne);
        }
        int exponent = x.precision() - x.scale() - 1;
        BigDecimal mantissa = x.scaleByPowerOfTen(-exponent);
        return Math.log(mantissa.doubleValue()) + exponent * Math.log(BigInteger.TEN.doubleValue());
    }

    /** x − x²/2 + x³/3 … */
    private double logOnePlus(BigDecimal x) {
        BigDecimal power = x;
        BigDecimal sum = x;
        for (int k = 2; isSignificant(power, digits); k++) {
            power = power.multiply(x.negate(), digits);
            sum = sum.add(power.divide(BigDecimal.valueOf(k), digits), digits);
        }
        return sum.doubleValue();
    }
}
