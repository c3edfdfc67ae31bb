package org.tinytune.train.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LossesTest {
    private static final int OFFSET = 3;
    private static final int SEEDS = 200;

    static List<Loss> losses() {
        return List.of(new MeanSquaredError(), new SoftmaxCrossEntropy(0), new SoftmaxCrossEntropy(0.1));
    }

    /** {@code -Σ t' · log(e^z / Σ e^z)} with {@code t' = (1 - s) t + s / n}, all in float64. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.05, 0.3})
    void crossEntropyIsItsDefinition(double smoothing) {
        for (long seed = 0; seed < SEEDS; seed++) {
            Case c = Case.random(seed, 10);
            double sum = 0;
            for (int i = 0; i < c.count; i++) {
                sum += Math.exp(c.output(i));
            }
            double expected = 0;
            for (int i = 0; i < c.count; i++) {
                double target = (1 - smoothing) * c.target(i) + smoothing / c.count;
                expected -= target * Math.log(Math.exp(c.output(i)) / sum);
            }
            assertThat(c.compute(new SoftmaxCrossEntropy(smoothing), 1))
                    .as("seed %d", seed)
                    .isCloseTo(expected, Offset.offset(1e-6 * (1 + expected)));
        }
    }

    @Test
    void meanSquaredErrorIsItsDefinition() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Case c = Case.random(seed, 10);
            double expected = 0;
            for (int i = 0; i < c.count; i++) {
                expected += Math.pow((double) c.output(i) - c.target(i), 2);
            }
            assertThat(c.compute(new MeanSquaredError(), 1))
                    .isCloseTo(expected / c.count, Offset.offset(1e-12 * (1 + expected)));
        }
    }

    /** {@code log(1 + e^-2) = 0.126928}, and with a tenth smoothed over two classes, 0.05 · 2 more. */
    @Test
    void twoClassesByHand() {
        Case c = new Case(2);
        c.set(0, 2, 1);
        c.set(1, 0, 0);
        assertThat(c.compute(new SoftmaxCrossEntropy(0), 1)).isCloseTo(0.126928, Offset.offset(1e-6));
        assertThat(c.compute(new SoftmaxCrossEntropy(0.1), 1)).isCloseTo(0.226928, Offset.offset(1e-6));
        // softmax(2, 0) = 0.880797, 0.119203; less the targets 0.95, 0.05; half of it.
        c.compute(new SoftmaxCrossEntropy(0.1), 0.5f);
        assertThat(c.gradient(0)).isCloseTo(-0.0346015f, Offset.offset(1e-6f));
        assertThat(c.gradient(1)).isCloseTo(0.0346015f, Offset.offset(1e-6f));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void gradientAgreesWithCentralDifferences(Loss loss) {
        float step = 0x1p-7f;
        for (long seed = 0; seed < SEEDS; seed++) {
            Case c = Case.random(seed, 4);
            c.compute(loss, 0.25f);
            float[] gradient = c.gradient.clone();
            for (int i = 0; i < c.count; i++) {
                float before = c.output(i);
                c.outputs[OFFSET + i] = before + step;
                double right = c.compute(loss, 0.25f);
                c.outputs[OFFSET + i] = before - step;
                double left = c.compute(loss, 0.25f);
                c.outputs[OFFSET + i] = before;
                double width = (double) (before + step) - (before - step);
                assertThat((double) gradient[OFFSET + i])
                        .as("%s, seed %d, output %d of %d", loss, seed, i, c.count)
                        .isCloseTo(0.25 * (right - left) / width, Offset.offset(2e-5));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("losses")
    void nothingButTheGradientIsWritten(Loss loss) {
        Case c = Case.random(5, 1);
        float[] outputs = c.outputs.clone();
        float[] targets = c.targets.clone();
        c.compute(loss, 1);
        assertThat(c.outputs).isEqualTo(outputs);
        assertThat(c.targets).isEqualTo(targets);
        for (int i = 0; i < OFFSET; i++) {
            assertThat(c.gradient[i]).isNaN();
            assertThat(c.gradient[c.gradient.length - 1 - i]).isNaN();
        }
    }

    /** Logits as far apart as floats go neither overflow nor give NaN. */
    @Test
    void crossEntropyOfExtremeLogitsIsFinite() {
        Case c = new Case(3);
        c.set(0, 3e4f, 0);
        c.set(1, -3e4f, 1);
        c.set(2, 0, 0);
        assertThat(c.compute(new SoftmaxCrossEntropy(0), 1)).isCloseTo(6e4, Offset.offset(1e-6));
        assertThat(List.of(c.gradient(0), c.gradient(1), c.gradient(2))).isEqualTo(List.of(1f, -1f, 0f));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, Double.NaN})
    void smoothingOutOfRangeIsRefused(double smoothing) {
        assertThatThrownBy(() -> new SoftmaxCrossEntropy(smoothing)).hasMessageContaining("label smoothing");
    }

    /** One sample, with foreign elements around it. */
    private static final class Case {
        private final int count;
        private final float[] outputs;
        private final float[] targets;
        private final float[] gradient;

        Case(int count) {
            this.count = count;
            outputs = surrounded(count);
            targets = surrounded(count);
            gradient = surrounded(count);
        }

        private static float[] surrounded(int count) {
            float[] values = new float[count + 2 * OFFSET];
            Arrays.fill(values, Float.NaN);
            return values;
        }

        static Case random(long seed, double spread) {
            SplittableRandom random = new SplittableRandom(seed);
            Case c = new Case(random.nextInt(2, 12));
            int right = random.nextInt(c.count);
            for (int i = 0; i < c.count; i++) {
                c.set(i, (float) random.nextDouble(-spread, spread), i == right ? 1 : 0);
            }
            return c;
        }

        void set(int i, float output, float target) {
            outputs[OFFSET + i] = output;
            targets[OFFSET + i] = target;
        }

        float output(int i) {
            return outputs[OFFSET + i];
        }

        float target(int i) {
            return targets[OFFSET + i];
        }

        float gradient(int i) {
            return gradient[OFFSET + i];
        }

        double compute(Loss loss, float scale) {
            return loss.compute(outputs, OFFSET, targets, OFFSET, count, scale, gradient, OFFSET);
        }
    }
}
