package org.tinytune.core.quant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantizationTest {
    @ParameterizedTest
    @CsvSource({
        "0.25, 1",
        "0.24, 0",
        "-0.25, -1",
        "-0.24, 0",
        "0.75, 2",
        "100, 127",
        "-100, -128",
        "1e30, 127",
        "-1e30, -128"
    })
    void roundsTiesAwayFromZeroAndSaturates(double real, int expected) {
        assertThat(Quantization.perTensor(0.5f, 0).quantizeInt8(real)).isEqualTo((byte) expected);
    }

    @Test
    void theZeroPointStandsForZeroAndComesBack() {
        Quantization q = Quantization.perTensor(0.1f, -7);

        assertThat(q.quantizeInt8(0)).isEqualTo((byte) -7);
        for (int i = -128; i <= 127; i++) {
            assertThat(q.quantizeInt8(q.dequantize(i))).isEqualTo((byte) i);
        }
    }

    @Test
    void aScaleForAllServesEveryChannel() {
        assertThat(Quantization.perTensor(0.5f, 3).scale(9)).isEqualTo(0.5f);
        assertThat(Quantization.perChannel(new float[] {1, 2, 3}, 0).scale(2)).isEqualTo(3f);
    }

    @Test
    void theAxisOfASingleScaleHasNoMeaning() {
        assertThat(Quantization.of(new float[] {0.5f}, new int[] {3}, 2)).isEqualTo(Quantization.perTensor(0.5f, 3));
        Quantization two = Quantization.perChannel(new float[] {0.5f, 2}, 3);
        assertThat(two.along(3, 0)).isEqualTo(Quantization.perTensor(0.5f, 0));
    }

    @ParameterizedTest
    @ValueSource(floats = {-1f, Float.NaN, Float.POSITIVE_INFINITY})
    void refusesWhatIsNoScale(float scale) {
        assertThatThrownBy(() -> Quantization.perTensor(scale, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Quantization.perChannel(new float[] {1, scale}, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFlushedScaleIsLegal() {
        assertThat(Quantization.perChannel(new float[] {0}, 0).scale()).isZero();
    }

    @Test
    void theCallerKeepsNoHandOnTheScales() {
        float[] scales = {1, 2};
        Quantization q = Quantization.perChannel(scales, 0);
        scales[0] = 5;
        q.scales()[1] = 5;

        assertThat(q).isEqualTo(Quantization.perChannel(new float[] {1, 2}, 0));
    }

    @Test
    void noScaleIsNoQuantization() {
        assertThat(Quantization.of(new float[0], new int[0], 0)).isSameAs(Quantization.NONE);
        assertThat(Quantization.NONE.isPresent()).isFalse();
    }
}
