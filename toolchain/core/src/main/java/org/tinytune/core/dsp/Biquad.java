package org.tinytune.core.dsp;

import static org.tinytune.core.quant.FixedPoint.saturatingRoundingDoublingHighMultiply;

/**
 * A section of a filter with two poles and both zeros in one place, at the sample rate's half (low pass) or at 0 (high
 * pass): {@code y = gain · (x ± 2 x' + x'') - feedback · y' - damping · y''}. It begins at rest.
 *
 * <p>With values in [-2^29, 2^29], before and after, no sum gets beyond 32 bits. Products are rounded to nearest, so
 * that they add no constant.
 *
 * <p>Checked by: ButterworthTest, DspBlockDifferentialTest.
 *
 * @param highPass where the zeros are
 * @param gain Q31, in [0, 2^31)
 * @param halfFeedback half of the coefficient in Q31, in (-2^31, 2^31)
 * @param damping Q31, in [0, 2^31)
 */
public record Biquad(boolean highPass, int gain, int halfFeedback, int damping) {
    /** Filters values in place. */
    public void filter(int[] values) {
        int middle = highPass ? -2 : 2;
        int x1 = 0;
        int x2 = 0;
        int y1 = 0;
        int y2 = 0;
        for (int i = 0; i < values.length; i++) {
            int x = product(values[i], gain);
            int back = product(2 * y1, Math.abs(halfFeedback));
            int y = x + middle * x1 + x2 - (halfFeedback < 0 ? -back : back) - product(y2, damping);
            x2 = x1;
            x1 = x;
            y2 = y1;
            y1 = y;
            values[i] = y;
        }
    }

    private static int product(int x, int coefficient) {
        return saturatingRoundingDoublingHighMultiply(x, coefficient);
    }
}
