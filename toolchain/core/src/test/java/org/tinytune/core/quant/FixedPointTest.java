package org.tinytune.core.quant;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FixedPointTest {
    private static final int MIN = Integer.MIN_VALUE;
    private static final int MAX = Integer.MAX_VALUE;

    @ParameterizedTest
    @CsvSource({
        "-2147483648, -2147483648, 2147483647",
        "-2147483648, 2147483647, -2147483647",
        "2147483647, 2147483647, 2147483646",
        "-2147483648, 1073741824, -1073741824",
        "1, 1073741824, 1",
        "-1, 1073741824, 0",
        "3, 1073741824, 2",
        "-3, 1073741824, -1",
        "1, 1073741823, 0",
        "-1, 1073741825, -1",
        "0, -2147483648, 0"
    })
    void highMultiplyRoundsTiesUpAndSaturatesOnlyTheOneProductThatOverflows(int a, int b, int expected) {
        assertThat(FixedPoint.saturatingRoundingDoublingHighMultiply(a, b)).isEqualTo(expected);
        assertThat(FixedPoint.saturatingRoundingDoublingHighMultiply(b, a)).isEqualTo(expected);
    }

    @Test
    void highMultiplyIsTheProductHalvedAndFloored() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 100_000; i++) {
            int a = random.nextInt();
            int b = random.nextInt() >> random.nextInt(31);
            BigInteger half = BigInteger.ONE.shiftLeft(30);
            BigInteger exact = BigInteger.valueOf(a)
                    .multiply(BigInteger.valueOf(b))
                    .add(half)
                    .shiftRight(31);
            assertThat(FixedPoint.saturatingRoundingDoublingHighMultiply(a, b))
                    .as("%d * %d", a, b)
                    .isEqualTo(exact.min(BigInteger.valueOf(MAX)).intValueExact());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "3, 1, 2",
        "-3, 1, -2",
        "1, 1, 1",
        "-1, 1, -1",
        "5, 0, 5",
        "-5, 0, -5",
        "6, 2, 2",
        "-6, 2, -2",
        "5, 2, 1",
        "2147483647, 31, 1",
        "-2147483648, 31, -1",
        "1073741824, 31, 1",
        "1073741823, 31, 0",
        "-1073741824, 31, -1",
        "-1073741823, 31, 0",
        "-2147483648, 1, -1073741824",
        "2147483647, 1, 1073741824"
    })
    void divisionRoundsTiesAwayFromZero(int x, int exponent, int expected) {
        assertThat(FixedPoint.roundingDivideByPowerOfTwo(x, exponent)).isEqualTo(expected);
    }

    @Test
    void divisionIsTheQuotientRoundedHalfUp() {
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 100_000; i++) {
            int exponent = random.nextInt(32);
            int x = i % 2 == 0 ? random.nextInt() : (random.nextInt(-99, 99) << Math.max(0, exponent - 1));
            BigDecimal exact = new BigDecimal(x)
                    .divide(new BigDecimal(BigInteger.ONE.shiftLeft(exponent)))
                    .setScale(0, RoundingMode.HALF_UP);
            assertThat(FixedPoint.roundingDivideByPowerOfTwo(x, exponent))
                    .as("%d / 2^%d", x, exponent)
                    .isEqualTo(exact.intValueExact());
        }
    }

    @Test
    void clampKeepsWhatIsInside() {
        assertThat(FixedPoint.clamp(MIN, -128, 127)).isEqualTo(-128);
        assertThat(FixedPoint.clamp(MAX, -128, 127)).isEqualTo(127);
        assertThat(FixedPoint.clamp(5, -128, 127)).isEqualTo(5);
        assertThat(FixedPoint.clamp(5, 7, 7)).isEqualTo(7);
    }
}
