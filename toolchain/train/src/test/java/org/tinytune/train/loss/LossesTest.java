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

    /** Weights for as many classes as a case can have. */
    private static final double[] WEIGHTS = {0.5, 2, 0, 1.5, 1, 0.25, 3, 1, 0.75, 1, 2};

    static List<Loss> losses() {
        return List.of(
                new MeanSquaredError(),
                new MeanAbsoluteError(),
                new Huber(1),
                new Huber(0.25),
                new BinaryCrossEntropy(),
                new SoftmaxCrossEntropy(0),
                new SoftmaxCrossEntropy(0.1),
                new SoftmaxCrossEntropy(0.1, ClassWeights.of(WEIGHTS)));
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

    /** {@code -(1 - s + s/2) u0 log p0 - s/2 u1 log p1} with p = softmax(2, 0), u = (3, 0.5), s = 0.1. */
    @Test
    void weightedClassesByHand() {
        Case c = new Case(2);
        c.set(0, 2, 1);
        c.set(1, 0, 0);
        Loss loss = new SoftmaxCrossEntropy(0.1, ClassWeights.of(3, 0.5));
        // 0.95 · 3 · 0.126928 + 0.05 · 0.5 · 2.126928
        assertThat(c.compute(loss, 1)).isCloseTo(0.414918, Offset.offset(1e-6));
        // p · (2.85 + 0.025) - (2.85, 0.025)
        assertThat(c.gradient(0)).isCloseTo(0.880797f * 2.875f - 2.85f, Offset.offset(1e-5f));
        assertThat(c.gradient(1)).isCloseTo(0.119203f * 2.875f - 0.025f, Offset.offset(1e-5f));
    }

    @Test
    void weightsOfOneChangeNothing() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Case plain = Case.random(seed, 10);
            Case weighted = Case.random(seed, 10);
            double[] ones = new double[plain.count];
            Arrays.fill(ones, 1);
            assertThat(weighted.compute(new SoftmaxCrossEntropy(0.1, ClassWeights.of(ones)), 1))
                    .isEqualTo(plain.compute(new SoftmaxCrossEntropy(0.1), 1));
        }
    }

    /** 10 samples in 2 + 5 + 3 + 0: 10 / (4 · 2), 10 / (4 · 5), 10 / (4 · 3), and nothing to weigh. */
    @Test
    void balancedWeightsComeFromTheSamples() {
        Loss balanced = new SoftmaxCrossEntropy(0.1, ClassWeights.BALANCED).forClasses(new int[] {2, 5, 3, 0});
        assertThat(balanced).isEqualTo(new SoftmaxCrossEntropy(0.1, ClassWeights.of(1.25, 0.5, 10 / 4.0 / 3, 0)));
    }

    @Test
    void thereIsAWeightForEachClass() {
        Loss loss = new SoftmaxCrossEntropy(0, ClassWeights.of(1, 2));
        assertThat(loss.forClasses(new int[] {7, 8})).isEqualTo(loss);
        assertThatThrownBy(() -> loss.forClasses(new int[3]))
                .hasMessage("2 class weights for 3 classes: give one for each class");
        assertThatThrownBy(() -> ClassWeights.of(1, -1)).hasMessage("class weight -1.0: give 0 or more");
    }

    /** {@code -Σ t log σ(z) + (1 - t) log(1 - σ(z))} over the number of outputs, in float64, with soft targets too. */
    @Test
    void binaryCrossEntropyIsItsDefinition() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Case c = Case.random(seed, 10);
            c.targets[OFFSET] = 0.3f;
            double expected = 0;
            for (int i = 0; i < c.count; i++) {
                double p = 1 / (1 + Math.exp(-c.output(i)));
                expected -= c.target(i) * Math.log(p) + (1 - (double) c.target(i)) * Math.log(1 - p);
            }
            assertThat(c.compute(new BinaryCrossEntropy(), 1))
                    .as("seed %d", seed)
                    .isCloseTo(expected / c.count, Offset.offset(1e-9 * (1 + expected)));
        }
    }

    /** σ(2) = 0.880797: log(1 + e^-2) = 0.126928 for a yes, 2 more for a no. */
    @Test
    void aSingleYesOrNoByHand() {
        Case c = new Case(1);
        c.set(0, 2, 1);
        assertThat(c.compute(new BinaryCrossEntropy(), 1)).isCloseTo(0.126928, Offset.offset(1e-6));
        assertThat(c.gradient(0)).isCloseTo(-0.119203f, Offset.offset(1e-6f));
        c.set(0, 2, 0);
        assertThat(c.compute(new BinaryCrossEntropy(), 0.5f)).isCloseTo(2.126928, Offset.offset(1e-6));
        assertThat(c.gradient(0)).isCloseTo(0.4403985f, Offset.offset(1e-6f));
    }

    @Test
    void binaryCrossEntropyOfExtremeLogitsIsFinite() {
        Case c = new Case(2);
        c.set(0, 3e38f, 0);
        c.set(1, -3e38f, 1);
        assertThat(c.compute(new BinaryCrossEntropy(), 1)).isCloseTo(3e38, Offset.offset(1e32));
        assertThat(List.of(c.gradient(0), c.gradient(1))).isEqualTo(List.of(0.5f, -0.5f));
    }

    /** Distances 0.5, -2 and 0: (0.5 + 2) / 3; Huber with delta 1 (0.125 + 1.5) / 3. */
    @Test
    void distancesByHand() {
        Case c = new Case(3);
        c.set(0, 1.5f, 1);
        c.set(1, -2, 0);
        c.set(2, 1, 1);
        assertThat(c.compute(new MeanAbsoluteError(), 3)).isCloseTo(2.5 / 3, Offset.offset(1e-12));
        assertThat(List.of(c.gradient(0), c.gradient(1), c.gradient(2))).isEqualTo(List.of(1f, -1f, 0f));
        assertThat(c.compute(new Huber(1), 3)).isCloseTo(1.625 / 3, Offset.offset(1e-12));
        assertThat(List.of(c.gradient(0), c.gradient(1), c.gradient(2))).isEqualTo(List.of(0.5f, -1f, 0f));
        // Delta 3 reaches farther than any distance: half of the mean squared error.
        assertThat(c.compute(new Huber(3), 1)).isCloseTo(4.25 / 6, Offset.offset(1e-12));
    }

    @Test
    void onlyCrossEntropiesLookAtLogits() {
        Losses.ALL
                .entries()
                .forEach(
                        (name, loss) -> assertThat(loss.onLogits()).as(name).isEqualTo(name.contains("cross-entropy")));
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
                if (Math.abs(Math.abs(before - c.target(i)) - kink(loss)) <= step) {
                    continue;
                }
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

    /** The distance at which the slope changes suddenly; NaN if there is none. */
    private static double kink(Loss loss) {
        return loss instanceof Huber huber ? huber.delta() : loss instanceof MeanAbsoluteError ? 0 : Double.NaN;
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
