package org.tinytune.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTextTest {
    /** The first JDK whose own text is the shortest. */
    private static final int SHORTEST_SINCE = 19;

    /** Clears the highest bit of the exponent: what is left is below 2. */
    private static final long FINITE = ~(1L << 62);

    /** JDK 17 itself has more digits for some of the last. */
    @ParameterizedTest
    @CsvSource({
        "0.001, 0.001",
        "0.0001, 1.0E-4",
        "9999999, 9999999.0",
        "1e7, 1.0E7",
        "9.5367431640625E-7, 9.5367431640625E-7",
        "0.1, 0.1",
        "16000, 16000.0",
        "-1e23, -1.0E23",
        "2.2250738585072014E-308, 2.2250738585072014E-308",
        "4.9E-324, 4.9E-324",
        "1.7976931348623157E308, 1.7976931348623157E308",
        "2.0E-3, 0.002",
        "2.0E23, 2.0E23",
        "5.684341886080802E-14, 5.684341886080802E-14",
        "2.2E-322, 2.2E-322",
        "2.0E-323, 2.0E-323",
        "9.9E-324, 9.9E-324",
        "7.1202363472230444E-307, 7.120236347223045E-307",
        "4.778309726736481E-299, 4.778309726736481E-299",
    })
    void isTheShortest(double value, String text) {
        assertThat(DecimalText.of(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0.1, 0.1",
        "2, 2.0",
        "3.0517578E-5, 3.0517578E-5",
        "-1.4E-45, -1.4E-45",
        "3.4028235E38, 3.4028235E38",
        "2.524355E-29, 2.524355E-29",
    })
    void isTheShortestOfFloats(float value, String text) {
        assertThat(DecimalText.of(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void saysWhatHasNoDigitsAsJavaDoes(double value) {
        assertThat(DecimalText.of(value)).isEqualTo(Double.toString(value));
        assertThat(DecimalText.of((float) value)).isEqualTo(Float.toString((float) value));
    }

    @Test
    void isReadAsTheSameNumberAndIsTheJdksOwnTextWhereThatIsShortest() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 2000; i++) {
            double value = i < 1000
                    ? Double.longBitsToDouble(random.nextLong() & FINITE)
                    : StrictMath.scalb(random.nextDouble(), random.nextInt(-40, 40));
            float single = (float) value;
            String text = DecimalText.of(value);
            assertThat(Double.parseDouble(text)).as(text).isEqualTo(value);
            assertThat(Float.parseFloat(DecimalText.of(single))).isEqualTo(single);
            assertThat(text.length()).isLessThanOrEqualTo(Double.toString(value).length());
            if (Runtime.version().feature() >= SHORTEST_SINCE) {
                assertThat(text).isEqualTo(Double.toString(value));
                assertThat(DecimalText.of(single)).isEqualTo(Float.toString(single));
            }
        }
    }

    @Test
    void isTheShortestAtPowersOfTwo() {
        for (int exponent = Double.MIN_EXPONENT; exponent <= Double.MAX_EXPONENT; exponent++) {
            double power = StrictMath.scalb(1.0, exponent);
            String text = DecimalText.of(power);
            assertThat(Double.parseDouble(text)).isEqualTo(power);
            if (Runtime.version().feature() >= SHORTEST_SINCE) {
                assertThat(text).isEqualTo(Double.toString(power));
            }
        }
    }
}
