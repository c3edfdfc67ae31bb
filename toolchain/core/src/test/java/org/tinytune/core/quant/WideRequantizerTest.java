package org.tinytune.core.quant;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WideRequantizerTest {
    private static Requantizer multiplier(double real) {
        Quantization one = Quantization.perTensor(1, 0);
        Quantization weights = Quantization.perTensor((float) real, 0);
        return Requantizer.perChannel(one, weights, one, 1, Short.MIN_VALUE, Short.MAX_VALUE);
    }

    @Test
    void roundsTheProductOfSixteenBitsOfTheMultiplierOnceTiesUp() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 2000; i++) {
            double real = StrictMath.scalb(random.nextDouble(1, 2), random.nextInt(-31, 7));
            QuantizedMultiplier multiplier = multiplier(real).multiplier(0);
            long acc = random.nextLong(-1L << 47, 1L << 47) >> random.nextInt(48);
            int right = 15 - multiplier.shift();
            BigInteger half = BigInteger.ONE.shiftLeft(right - 1);
            BigInteger exact = BigInteger.valueOf(acc)
                    .multiply(BigInteger.valueOf(multiplier.reduced()))
                    .add(half)
                    .shiftRight(right);

            assertThat(multiplier.applyWide(acc)).as("%d times %s", acc, real).isEqualTo(exact.intValue());
        }
    }

    @Test
    void theReducedMultiplierIsRoundedAndNeverReaches2To15() {
        assertThat(new QuantizedMultiplier(1 << 30, 0).reduced()).isEqualTo(1 << 14);
        assertThat(new QuantizedMultiplier((1 << 30) + (1 << 15), 0).reduced()).isEqualTo((1 << 14) + 1);
        assertThat(new QuantizedMultiplier((1 << 30) + (1 << 15) - 1, 0).reduced())
                .isEqualTo(1 << 14);
        assertThat(new QuantizedMultiplier(Integer.MAX_VALUE, 0).reduced()).isEqualTo(0x7FFF);
    }

    @Test
    void narrowAccumulatorsWrapAndAreRescaledAsThoseOfInt8() {
        Requantizer half = multiplier(0.5);

        assertThat(WideRequantizer.of(half, false).apply(7, 0)).isEqualTo(4);
        assertThat(WideRequantizer.of(half, false).apply((1L << 32) + 6, 0)).isEqualTo(3);
        assertThat(WideRequantizer.of(half, true).apply((1L << 31) + 6, 0)).isEqualTo(Short.MAX_VALUE);
    }

    @Test
    void clampsToTheRangeOfInt16() {
        WideRequantizer one = WideRequantizer.of(multiplier(1), true);

        assertThat(one.apply(-40_000, 0)).isEqualTo(Short.MIN_VALUE);
        assertThat(one.apply(40_000, 0)).isEqualTo(Short.MAX_VALUE);
    }
}
