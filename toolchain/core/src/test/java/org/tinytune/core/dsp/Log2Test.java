package org.tinytune.core.dsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class Log2Test {
    private static final double UNIT = 1.0 / (1 << Log2.FRACTION_BITS);

    @Test
    void isOffByAFewUnits() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 1_000_000; i++) {
            int x = random.nextInt() >>> random.nextInt(32);
            double exact = StrictMath.log(Integer.toUnsignedLong(x)) / StrictMath.log(2);
            if (x != 0) {
                assertThat(Log2.of(x) * UNIT - exact).as("of %d", x).isBetween(-Log2.MAX_ERROR * UNIT, UNIT);
            }
        }
    }

    @Test
    void powersOfTwoAreExact() {
        for (int n = 0; n < 32; n++) {
            assertThat(Log2.of(1 << n)).isEqualTo(n << Log2.FRACTION_BITS);
        }
        assertThat(Log2.ofReal(0.25)).isEqualTo(-2 << Log2.FRACTION_BITS);
        assertThat(Log2.ofDecibels(-100) * UNIT).isBetween(-33.2193, -33.2192);
    }
}
