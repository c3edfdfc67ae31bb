package org.tinytune.core.op;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.tinytune.core.tensor.Shape;

class StateWeightsTest {
    /** Few weights and many, alike and apart by orders of magnitude, with biases that dwarf them. */
    @Test
    void noSumOverAnyStateOverflows() {
        for (long seed = 0; seed < 500; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int units = random.nextInt(1, 5);
            int perUnit = random.nextInt(1, 300);
            float[] weights = random(random, units * perUnit);
            float[] bias = random(random, units);
            float stateScale = (float) StrictMath.scalb(random.nextDouble(1, 2), random.nextInt(-20, 3));
            StateWeights quantized = new StateWeights(Shape.of(units, perUnit), units);

            quantized.quantize(weights, 0, bias, 0, stateScale);

            for (int u = 0; u < units; u++) {
                long greatest = Math.abs((long) quantized.bias()[u]);
                for (int i = u * perUnit; i < (u + 1) * perUnit; i++) {
                    int q = quantized.integers()[i];
                    greatest += (1L << 15) * Math.abs(q);
                    assertThat(Math.abs(q)).isLessThanOrEqualTo(Short.MAX_VALUE);
                    assertThat(Math.abs(q * quantized.scale() - weights[i]))
                            .as("seed %d, weight %d", seed, i)
                            .isLessThanOrEqualTo(0.501f * quantized.scale());
                }
                assertThat(greatest).as("seed %d", seed).isLessThanOrEqualTo(Integer.MAX_VALUE);
                double realBias = (double) quantized.bias()[u] * stateScale * quantized.scale();
                assertThat(Math.abs(realBias - bias[u]))
                        .as("seed %d", seed)
                        .isLessThanOrEqualTo(1e-6 * Math.abs(bias[u]) + 0.5 * stateScale * quantized.scale());
            }
        }
    }

    private static float[] random(SplittableRandom random, int length) {
        float[] values = new float[length];
        int spread = random.nextInt(1, 12);
        for (int i = 0; i < length; i++) {
            values[i] = (float) (random.nextDouble(-1, 1) * StrictMath.scalb(1.0, -random.nextInt(spread)));
        }
        return values;
    }

    @Test
    void aFewWeightsUseAllOfInt16() {
        StateWeights quantized = new StateWeights(Shape.of(1, 2), 1);

        quantized.quantize(new float[] {0.5f, -0.0001f}, 0, null, 0, 1);

        assertThat(quantized.integers()[0]).isGreaterThan(32_000);
    }

    @Test
    void weightsOfZeroHaveAScaleAllTheSame() {
        StateWeights quantized = new StateWeights(Shape.of(1, 2), 1);

        quantized.quantize(new float[2], 0, null, 0, 1);

        assertThat(quantized.scale()).isPositive();
        assertThat(quantized.integers()).containsOnly(0);
    }
}
