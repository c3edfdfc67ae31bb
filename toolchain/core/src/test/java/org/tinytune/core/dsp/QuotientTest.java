package org.tinytune.core.dsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class QuotientTest {
    private static final int RUNS = 200_000;

    @Test
    void isTheNearestWholeNumber() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < RUNS; i++) {
            long x = random.nextLong(1L << random.nextInt(33));
            long y = 1 + random.nextLong((1L << 1 + random.nextInt(32)) - 1);
            int shift = random.nextInt(-64, 128);
            assertThat(Quotient.of(x, y, shift))
                    .as("%d * 2^%d / %d", x, shift, y)
                    .isEqualTo(exact(x, y, shift));
        }
    }

    private static int exact(long x, long y, int shift) {
        BigInteger numerator = BigInteger.valueOf(x).shiftLeft(Math.max(0, shift) + 1);
        BigInteger denominator = BigInteger.valueOf(y).shiftLeft(Math.max(0, -shift));
        BigInteger rounded = numerator.divide(denominator).add(BigInteger.ONE).shiftRight(1);
        return rounded.min(BigInteger.valueOf(Quotient.MAX)).intValue();
    }

    @Test
    void tiesGoUpAndWhatIsTooGreatIsTheGreatest() {
        assertThat(Quotient.of(1, 2, 0)).isEqualTo(1);
        assertThat(Quotient.of(1, 2, -1)).isZero();
        assertThat(Quotient.of(5, 2, 0)).isEqualTo(3);
        assertThat(Quotient.of(0xFFFF, 1, 0)).isEqualTo(Quotient.MAX);
        assertThat(Quotient.of(1, 1, 127)).isEqualTo(Quotient.MAX);
        assertThat(Quotient.of(0, 1, 127)).isZero();
    }
}
