package org.tinytune.core.op;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.vector.VectorProvider;

/** Weights whose scales are given: some are cut off. */
class QuantizedWeightsTest {
    private static final int CHANNELS = 3;
    private static final int ELEMENTS = 20;
    private static final float INPUT_SCALE = 0.02f;

    private final SplittableRandom random = new SplittableRandom(1);
    private final float[] scales = {0.004f, 0.01f, 0.02f};

    private static QuantizedWeights weights(int axis, boolean perTensor) {
        Shape shape = axis == 0 ? Shape.of(CHANNELS, ELEMENTS) : Shape.of(ELEMENTS, CHANNELS);
        return new QuantizedWeights(VectorProvider.get(), shape, axis, perTensor);
    }

    private static int index(int axis, int c, int k) {
        return axis == 0 ? c * ELEMENTS + k : k * CHANNELS + c;
    }

    private float scale(boolean perTensor, int c) {
        return scales[perTensor ? 0 : c];
    }

    private float[] random(int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }

    @ParameterizedTest
    @CsvSource({"0, false", "1, false", "0, true"})
    void weightsAreRoundedToGivenScalesAndCutOff(int axis, boolean perTensor) {
        QuantizedWeights quantized = weights(axis, perTensor);
        quantized.scaleBy(new FloatSpan(scales, 0));
        float[] reals = random(CHANNELS * ELEMENTS);

        quantized.quantize(reals, 0, null, 0, INPUT_SCALE);

        int cutOff = 0;
        for (int c = 0; c < CHANNELS; c++) {
            assertThat(quantized.scale(c)).isEqualTo(scale(perTensor, c));
            int sum = 0;
            for (int k = 0; k < ELEMENTS; k++) {
                float steps = reals[index(axis, c, k)] / scale(perTensor, c);
                cutOff += Math.abs(steps) > 127 ? 1 : 0;
                assertThat(quantized.integer(c, k)).isEqualTo((int) Math.max(-127, Math.min(127, Math.rint(steps))));
                sum += quantized.integer(c, k);
            }
            assertThat(quantized.sum(c)).isEqualTo(sum);
        }
        assertThat(cutOff).isBetween(1, CHANNELS * ELEMENTS - 1);
    }

    /**
     * What a linear loss of ŵ changes by when a scale does, with what rounding adds, in steps, kept: rounding passes
     * gradients straight through.
     */
    @ParameterizedTest
    @CsvSource({"0, false", "1, false", "0, true"})
    void theGradientOfAScaleIsThatOfItsPaper(int axis, boolean perTensor) {
        QuantizedWeights quantized = weights(axis, perTensor);
        quantized.scaleBy(new FloatSpan(scales, 0));
        float[] reals = random(CHANNELS * ELEMENTS);
        float[] slopes = random(CHANNELS * ELEMENTS);
        float[] gradient = slopes.clone();
        float[] ofScales = new float[CHANNELS];
        quantized.quantize(reals, 0, null, 0, INPUT_SCALE);

        quantized.settle(new FloatSpan(reals, 0), new FloatSpan(gradient, 0), new FloatSpan(ofScales, 0));

        double[] expected = new double[CHANNELS];
        for (int c = 0; c < CHANNELS; c++) {
            for (int k = 0; k < ELEMENTS; k++) {
                int at = index(axis, c, k);
                double scale = scale(perTensor, c);
                boolean inside = Math.abs(reals[at] / scale) < 127;
                double step = 1e-3 * scale;
                double change = (value(reals[at], scale, scale + step) - value(reals[at], scale, scale - step)) / 2;
                expected[perTensor ? 0 : c] += slopes[at] * change / step;
                assertThat(gradient[at]).isEqualTo(inside ? slopes[at] : 0);
            }
        }
        for (int c = 0; c < CHANNELS; c++) {
            assertThat((double) ofScales[c]).isCloseTo(expected[c], Offset.offset(1e-2));
        }
    }

    /** What stands for a weight where its scale is another; the part of the quantizer that it is in stays. */
    private static double value(double weight, double scale, double other) {
        double steps = weight / scale;
        if (Math.abs(steps) >= 127) {
            return Math.copySign(127 * other, weight);
        }
        return other * (weight / other + (Math.rint(steps) - steps));
    }

    /** So that bias and accumulators fit. */
    @ParameterizedTest
    @CsvSource({"false", "true"})
    void aScaleThatIsTooSmallForTheBiasIsRaised(boolean perTensor) {
        QuantizedWeights quantized = weights(0, perTensor);
        quantized.scaleBy(new FloatSpan(new float[] {1e-12f, 1e-12f, 1e-12f}, 0));
        quantized.quantize(random(CHANNELS * ELEMENTS), 0, new float[] {5, -7, 3}, 0, INPUT_SCALE);
        for (int c = 0; c < CHANNELS; c++) {
            long greatest = Math.abs((long) quantized.bias(c)) + 255L * quantized.sumOfMagnitudes(c);
            assertThat(greatest).isLessThanOrEqualTo(Integer.MAX_VALUE);
            assertThat(quantized.bias(c) * (double) INPUT_SCALE * quantized.scale(c))
                    .isCloseTo(new float[] {5, -7, 3}[c], Offset.offset(1e-5));
        }
    }
}
