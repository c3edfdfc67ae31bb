package org.tinytune.core.quant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantizedMultiplierTest {
    @ParameterizedTest
    @CsvSource({
        "1.0, 1073741824, 1",
        "0.5, 1073741824, 0",
        "0.75, 1610612736, 0",
        "0.25, 1073741824, -1",
        "3.0, 1610612736, 2",
        "0.0, 0, 0",
        "2.3283064365386963e-10, 1073741824, -31",
        "2.328306436538696e-10, 1073741824, -31",
        "1.1641532182693481e-10, 0, 0",
        "1e-300, 0, 0",
        "4.9e-324, 0, 0",
        "0.99999999999, 1073741824, 1",
        "1073741823.0, 2147483646, 30",
        "1073741824.0, 2147483647, 30",
        "1e300, 2147483647, 30",
        "Infinity, 2147483647, 30"
    })
    void isTheNearestFractionInTheHalfOpenRange(double real, int value, int shift) {
        assertThat(QuantizedMultiplier.of(real)).isEqualTo(new QuantizedMultiplier(value, shift));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1e-9, Double.NaN, Double.NEGATIVE_INFINITY})
    void refusesWhatIsNoMultiplier(double real) {
        assertThatThrownBy(() -> QuantizedMultiplier.of(real)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        // acc, real, result: ties of the high multiply go up, ties of the shift away from zero
        "1, 0.5, 1",
        "-1, 0.5, 0",
        "3, 0.5, 2",
        "-3, 0.5, -1",
        "2, 0.25, 1",
        "-2, 0.25, -1",
        "-6, 0.25, -2",
        "-1073741824, 1.0, -1073741824",
        "-2147483648, 0.5, -1073741824",
        "2147483647, 0.5, 1073741824",
        "2147483647, 0.0, 0",
        "-2147483648, 0.0, 0",
        "2147483647, 2.3283064365386963e-10, 1",
        "-2147483648, 2.3283064365386963e-10, -1",
        "1, 536870912, 536870912",
        "3, 1.5, 5",
        "-3, 1.5, -4"
    })
    void rescalesWithTwoRoundings(int acc, double real, int expected) {
        assertThat(QuantizedMultiplier.of(real).apply(acc)).isEqualTo(expected);
    }

    @Test
    void aLeftShiftWrapsAsInt32Does() {
        assertThat(new QuantizedMultiplier(1 << 30, 2).apply(1 << 30)).isZero();
        assertThat(new QuantizedMultiplier(Integer.MAX_VALUE, 30).apply(1)).isEqualTo(1 << 30);
    }

    @Test
    void equalsTwoExactRoundingsOverTheWholeRange() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 50_000; i++) {
            int shift = random.nextInt(-31, 1);
            QuantizedMultiplier multiplier = new QuantizedMultiplier(random.nextInt(1 << 30, Integer.MAX_VALUE), shift);
            int acc = random.nextInt() >> random.nextInt(31);
            BigInteger high = BigInteger.valueOf(acc)
                    .multiply(BigInteger.valueOf(multiplier.value()))
                    .add(BigInteger.ONE.shiftLeft(30))
                    .shiftRight(31);
            BigDecimal exact = new BigDecimal(high)
                    .divide(new BigDecimal(BigInteger.ONE.shiftLeft(-shift)))
                    .setScale(0, RoundingMode.HALF_UP);
            assertThat(multiplier.apply(acc)).as("%s of %d", multiplier, acc).isEqualTo(exact.intValueExact());
        }
    }

    @Test
    void isWithinOneOfTheRealProduct() {
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 50_000; i++) {
            double real = StrictMath.exp(random.nextDouble(-20, 0));
            int acc = random.nextInt(-(1 << 24), 1 << 24);
            assertThat((double) QuantizedMultiplier.of(real).apply(acc)).isBetween(acc * real - 1, acc * real + 1);
        }
    }
}
