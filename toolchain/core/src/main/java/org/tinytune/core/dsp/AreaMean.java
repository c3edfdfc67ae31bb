package org.tinytune.core.dsp;

/**
 * Means of pixels with whole weights, as a multiplication of 32 bits: {@code mean = (scaled · multiplier + 2^23) >>
 * 24}, where the scaled sum is {@code sum · 2^shift} and has about 7 fractional bits, to be mixed before it is divided.
 *
 * <p>With weights that sum to 128 at most the mean is that of real numbers, to the nearest, ties up. With more it is
 * less than {@value #ERROR} from that before it is rounded.
 *
 * <p>Checked by: AreaMeanTest, KernelDifferentialTest.
 *
 * @param shift of the sum, which is rounded where it is negative; 0 where one pixel is all there is
 * @param multiplier 2^24 over the scaled sum of the weights, rounded up
 */
public record AreaMean(int shift, int multiplier) {
    /** Of the weights: a sum of so many bytes, shifted, leaves a bit of an int. */
    public static final int MAX_WEIGHTS = 1 << 21;

    /** How far a mean is from that of real numbers at most, before it is rounded. */
    public static final double ERROR = 0.01;

    /** Of the scaled weights, at most 2 to this: so many bytes have 15 bits, and the multiplier 18. */
    private static final int SCALED_BITS = 7;

    private static final int BITS = 24;

    /**
     * Of pixels whose weights have that sum, in [1, {@link #MAX_WEIGHTS}].
     *
     * @throws IllegalArgumentException if they have not
     */
    public static AreaMean of(int weights) {
        if (weights < 1 || weights > MAX_WEIGHTS) {
            throw new IllegalArgumentException("weights with a sum of " + weights);
        }
        int shift = weights == 1 ? 0 : shift(weights);
        long one = shift < 0 ? 1L << BITS - shift : 1L << BITS;
        long scaled = shift < 0 ? weights : (long) weights << shift;
        return new AreaMean(shift, (int) ((one + scaled - 1) / scaled));
    }

    /** The greatest that keeps the scaled weights within bounds. */
    private static int shift(int weights) {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(weights - 1);
        return SCALED_BITS - bits;
    }

    /** A weighted sum of bytes in [0, 255], scaled: below 2^15. */
    public int scaled(int sum) {
        return shift >= 0 ? sum << shift : (sum + (1 << -shift - 1)) >> -shift;
    }

    /** The mean of a scaled sum, in [0, 255]. */
    public int mean(int scaled) {
        return (scaled * multiplier + (1 << BITS - 1)) >>> BITS;
    }
}
