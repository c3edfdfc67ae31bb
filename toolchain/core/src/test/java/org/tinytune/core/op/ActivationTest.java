package org.tinytune.core.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.quant.Quantization;

class ActivationTest {
    @ParameterizedTest
    @CsvSource({
        "NONE, 0.1, 5, -128, 127",
        "RELU, 0.1, 5, 5, 127",
        "RELU, 0.1, -128, -128, 127",
        "RELU6, 0.1, -128, -128, -68",
        "RELU6, 0.1, 100, 100, 127",
        "RELU6, 4.0, 0, 0, 2",
        "RELU_N1_TO_1, 0.4, 0, -3, 3",
        "RELU_N1_TO_1, 2.0, 10, 9, 11",
        "RELU_N1_TO_1, 1e-30, 0, -128, 127"
    })
    void boundsAreQuantizedAsTheReferenceDoes(Activation activation, float scale, int zeroPoint, int min, int max) {
        Quantization output = Quantization.perTensor(scale, zeroPoint);

        assertThat(activation.minInt8(output)).isEqualTo(min);
        assertThat(activation.maxInt8(output)).isEqualTo(max);
    }

    @Test
    void codesAreThoseOfTheFile() {
        assertThat(Activation.ofCode(3)).isEqualTo(Activation.RELU6);
        assertThat(Padding.ofCode(1)).isEqualTo(Padding.VALID);
        for (Activation activation : Activation.values()) {
            assertThat(Activation.ofCode(activation.code())).isEqualTo(activation);
        }
        assertThatThrownBy(() -> Activation.ofCode(4)).isInstanceOf(InvalidModelException.class);
        assertThatThrownBy(() -> Padding.ofCode(-1)).isInstanceOf(InvalidModelException.class);
    }
}
