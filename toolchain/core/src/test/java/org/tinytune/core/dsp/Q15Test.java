package org.tinytune.core.dsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class Q15Test {
    @Test
    void halfAProductIsRoundedDown() {
        assertThat(Q15.half(Integer.MIN_VALUE, Short.MIN_VALUE)).isEqualTo(1 << 30);
        assertThat(Q15.half(Integer.MAX_VALUE, Short.MIN_VALUE)).isEqualTo(-(1 << 30));
        assertThat(Q15.half(-1, 1)).isEqualTo(-1);
        assertThat(Q15.half(1, 1)).isZero();
    }

    /** As small cores compute it. */
    @Test
    void isTheSumOfProductsOf16Bits() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 100_000; i++) {
            int x = random.nextInt();
            short w = (short) random.nextInt();
            assertThat(Q15.half(x, w)).isEqualTo((x >> 16) * w + ((x & 0xFFFF) * w >> 16));
        }
    }

    @Test
    void fractionsSaturateBelow1() {
        assertThat(Q15.of(1)).isEqualTo(Short.MAX_VALUE);
        assertThat(Q15.of(-1)).isEqualTo(Short.MIN_VALUE);
        assertThat(Q15.of(0.5)).isEqualTo((short) (1 << 14));
    }
}
