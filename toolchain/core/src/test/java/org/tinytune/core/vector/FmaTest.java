package org.tinytune.core.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FmaTest {
    @Test
    void emulationGivesTheBitsOfMathFmaForRandomBits() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 300_000; i++) {
            float a = Float.intBitsToFloat(random.nextInt());
            float b = Float.intBitsToFloat(random.nextInt());
            float c = Float.intBitsToFloat(random.nextInt());
            assertSame(a, b, c);
        }
    }

    @Test
    void emulationGivesTheBitsOfMathFmaWhereTermsNearlyCancelOrTie() {
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 300_000; i++) {
            float a = 1 + random.nextInt(1 << 23) * 0x1p-23f;
            float b = 1 + random.nextInt(1 << 23) * 0x1p-23f;
            int shift = random.nextInt(-30, 31);
            float c = (float) -StrictMath.scalb((double) a * b + random.nextInt(-2, 3) * 0x1p-46, shift);
            assertSame(a, b, c);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1e30, 1e30, -Infinity",
        "1e-30, 1e-30, 1.4e-45",
        "1e-30, -1e-30, 0",
        "0, -1, 0",
        "NaN, 1, 1",
        "3.4028235e38, 1, 1e31",
        "Infinity, 0, 1"
    })
    void emulationGivesTheBitsOfMathFmaAtTheEnds(float a, float b, float c) {
        assertSame(a, b, c);
    }

    private static void assertSame(float a, float b, float c) {
        assertThat(Float.floatToIntBits(Fma.emulated(a, b, c)))
                .as("fma(%s, %s, %s)", a, b, c)
                .isEqualTo(Float.floatToIntBits(Math.fma(a, b, c)));
    }
}
