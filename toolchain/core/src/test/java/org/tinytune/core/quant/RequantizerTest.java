package org.tinytune.core.quant;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RequantizerTest {
    private static final Quantization INPUT = Quantization.perTensor(0.1f, 4);
    private static final Quantization WEIGHTS = Quantization.perTensor(0.3f, 0);
    private static final Quantization OUTPUT = Quantization.perTensor(0.7f, -10);

    @Test
    void convolutionsMultiplyTheScalesInDoubleAndDenseLayersInFloat() {
        Requantizer perChannel = Requantizer.perChannel(INPUT, WEIGHTS, OUTPUT, 1, -128, 127);
        Requantizer perTensor = Requantizer.perTensor(INPUT, WEIGHTS, OUTPUT, 1, -128, 127);

        assertThat(perChannel.multiplier(0)).isEqualTo(QuantizedMultiplier.of((double) 0.1f * 0.3f / 0.7f));
        assertThat(perTensor.multiplier(0)).isEqualTo(QuantizedMultiplier.of((double) (0.1f * 0.3f) / 0.7f));
        assertThat(perTensor.multiplier(0)).isNotEqualTo(perChannel.multiplier(0));
    }

    @Test
    void addsTheZeroPointAndClamps() {
        Requantizer requantizer = Requantizer.perTensor(INPUT, WEIGHTS, OUTPUT, 2, -10, 100);

        assertThat(requantizer.apply(0, 1)).isEqualTo((byte) -10);
        assertThat(requantizer.apply(-1000, 1)).isEqualTo((byte) -10);
        assertThat(requantizer.apply(700, 1)).isEqualTo((byte) 20);
        assertThat(requantizer.apply(1 << 30, 1)).isEqualTo((byte) 100);
    }

    @Test
    void everyChannelHasItsOwnMultiplierAndAFlushedOneGivesZero() {
        Quantization weights = Quantization.perChannel(new float[] {0.7f, 0, 1.4f}, 0);
        Requantizer requantizer = Requantizer.perChannel(Quantization.perTensor(1, 0), weights, OUTPUT, 3, -128, 127);

        assertThat(requantizer.apply(20, 0)).isEqualTo((byte) 10);
        assertThat(requantizer.apply(Integer.MIN_VALUE, 1)).isEqualTo((byte) -10);
        assertThat(requantizer.apply(20, 2)).isEqualTo((byte) 30);
    }
}
