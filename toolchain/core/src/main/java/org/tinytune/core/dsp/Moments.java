package org.tinytune.core.dsp;

import org.tinytune.core.quant.FixedPoint;

/**
 * The moments of a frame about its mean, of orders 2 to 4. Squares are exact; third and fourth powers are products of
 * the deviation or its square with its square to 15 bits. Ratios are Q8.
 *
 * <p>Checked by: StatisticsTest, SpectralFeaturesTest, DspBlockDifferentialTest.
 */
public final class Moments {
    /** Fractional bits of {@link #skewness} and {@link #kurtosis}. */
    public static final int RATIO_BITS = 8;

    private static final int SQUARE_SHIFT = 15;

    /** The kurtosis of a normal distribution, which counts as 0. */
    private static final int NORMAL = 3 << RATIO_BITS;

    private final int count;
    private final long third;
    private final long fourth;
    private final ScaledMean variance;
    private final int shift;

    private Moments(Deviations deviations) {
        count = deviations.count();
        shift = deviations.shift();
        long second = 0;
        long cubes = 0;
        long squares = 0;
        for (int i = 0; i < count; i++) {
            int deviation = deviations.get(i);
            int square = deviation * deviation;
            int rounded = square + (1 << SQUARE_SHIFT - 1) >> SQUARE_SHIFT;
            second += square;
            cubes += (long) rounded * deviation;
            squares += (long) rounded * rounded;
        }
        third = cubes;
        fourth = squares;
        variance = ScaledMean.of(second, count);
    }

    /** Of that frame. */
    public static Moments of(Deviations deviations) {
        return new Moments(deviations);
    }

    /**
     * The standard deviation as a number of 16 bits: {@code root · 2^exponent()}, in the unit of the values.
     *
     * @return in [2^15, 2^16), or 0
     */
    public int root() {
        return variance.root();
    }

    /** See {@link #root}. */
    public int exponent() {
        return shift - variance.shift() / 2;
    }

    /** The variance: this, unsigned, times 2 to twice {@link #exponent}; in [2^30, 2^32), or 0. */
    public long variance() {
        return variance.value();
    }

    /** The third standardized moment in Q8, in [-2^15, 2^15); 0 where nothing deviates. */
    public int skewness() {
        if (variance.value() == 0) {
            return 0;
        }
        // Powers of two: the numerator has lost 15, the denominator 16, and is 2^(1.5 shift) too great.
        ScaledMean mean = ScaledMean.of(Math.abs(third), count);
        long cubedDeviation = (long) variance.upperHalf() * variance.root();
        int power = SQUARE_SHIFT - 16 + RATIO_BITS + variance.shift() + variance.shift() / 2 - mean.shift();
        int ratio = Quotient.of(mean.value(), cubedDeviation, power);
        return third < 0 ? Math.max(-ratio, Short.MIN_VALUE) : Math.min(ratio, Short.MAX_VALUE);
    }

    /** The fourth standardized moment less 3, in Q8, in [-2 · 2^8, 2^15); 0 where nothing deviates. */
    public int kurtosis() {
        if (variance.value() == 0) {
            return 0;
        }
        ScaledMean mean = ScaledMean.of(fourth, count);
        long squaredVariance = (long) variance.upperHalf() * variance.upperHalf();
        int power = 2 * SQUARE_SHIFT - 32 + RATIO_BITS + 2 * variance.shift() - mean.shift();
        int ratio = Quotient.of(mean.value(), squaredVariance, power);
        return FixedPoint.clamp(ratio - NORMAL, Short.MIN_VALUE, Short.MAX_VALUE);
    }
}
