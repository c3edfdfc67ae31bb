package org.tinytune.core.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CosineTransformTest {
    /** Half a unit of the output, and a quarter for the rest. */
    private static final double MAX_ERROR = 0.75 / 128;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 13, 40, 128})
    void equalsTheDefinition(int length) {
        CosineTransform transform = new CosineTransform(length, length);
        SplittableRandom random = new SplittableRandom(length);
        int[] logs = random.ints(length, -20 << 15, 10 << 15).toArray();
        for (int k = 0; k < length; k++) {
            double sum = 0;
            for (int i = 0; i < length; i++) {
                sum += logs[i] / 32768.0 * StrictMath.cos(StrictMath.PI * k * (i + 0.5) / length);
            }
            double expected = sum * StrictMath.sqrt((k == 0 ? 1.0 : 2.0) / length);
            assertThat(transform.coefficient(k, logs) / 128.0)
                    .as("coefficient %d", k)
                    .isCloseTo(expected, within(MAX_ERROR));
        }
    }

    @Test
    void saturates() {
        int[] logs = new int[128];
        Arrays.fill(logs, -40 << 15);
        assertThat(new CosineTransform(128, 2).coefficient(0, logs)).isEqualTo(Short.MIN_VALUE);
        assertThat(new CosineTransform(128, 2).coefficient(1, logs)).isBetween(-1, 1);
    }

    @Test
    void otherSizesAreRefused() {
        assertThatThrownBy(() -> new CosineTransform(129, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CosineTransform(10, 11)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CosineTransform(10, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
