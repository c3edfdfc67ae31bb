package org.tinytune.runtimegen.emit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.quant.QuantizedMultiplier;
import org.tinytune.core.quant.Requantizer;
import org.tinytune.core.tensor.TensorData;
import org.tinytune.runtimegen.CTarget;

class BlockWeightsTest {
    private static final QuantizedMultiplier QUARTER = QuantizedMultiplier.of(0.25);

    @Test
    void laysTheWeightsOfATapSideBySideAndFillsUp() {
        BlockWeights weights = weights(CTarget.PORTABLE, 2, 1, 2, 3, -4, -5, -6);

        assertThat(weights.packedWeights().data()).isEqualTo(bytes(1, -4, 0, 0, 2, -5, 0, 0, 3, -6, 0, 0, 0, 0, 0, 0));
        assertThat(weights.packedRows().data())
                .isEqualTo(bytes(1, -4, 0, 0, 0, 0, 0, 0, 2, -5, 0, 0, 0, 0, 0, 0, 3, -6, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void storesUnsignedBytesForArmv6M() {
        BlockWeights weights = weights(CTarget.ARMV6M, 1, 1, -128);

        assertThat(weights.packedWeights().data()).isEqualTo(bytes(129, 128, 128, 128, 0, 128, 128, 128));
    }

    @Test
    void turnsSquareWindowsIntoColumns() {
        BlockWeights weights = weights(CTarget.PORTABLE, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9);

        assertThat(weights.columnsOfWindows(3).data()).isEqualTo(bytes(1, 4, 7, 2, 5, 8, 3, 6, 9));
    }

    @Test
    void isNotExactWhereTheProductsOfTwoTapsNeedMoreThan16Bits() {
        assertThat(weights(CTarget.ARMV6M, 1, -128, -127).isExact()).isTrue();
        assertThat(weights(CTarget.ARMV6M, 1, -128, -128).isExact()).isFalse();
        assertThat(weights(CTarget.ARMV6M, 1, 0, -128, -128, 0).isExact()).isTrue();
        assertThat(weights(CTarget.ARMV6M, 2, 0, 0, -128, -128).isExact()).isFalse();
    }

    private static BlockWeights weights(CTarget target, int channels, int... weights) {
        QuantizedMultiplier[] multipliers = new QuantizedMultiplier[channels];
        Arrays.fill(multipliers, QUARTER);
        Quantization one = Quantization.perTensor(1, 0);
        Requantizer requantizer = Requantizer.perTensor(one, one, one, channels, -128, 127);
        byte[] bytes = new byte[weights.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) weights[i];
        }
        return BlockWeights.of(new PairedWeights(bytes, new int[channels], multipliers, requantizer), target);
    }

    private static TensorData bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return TensorData.of(bytes);
    }
}
