package org.tinytune.train.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytune.core.vector.VectorMath;
import org.tinytune.core.vector.VectorProvider;

/** The update rules of the papers, step by step, against numbers worked out by hand. */
class OptimizersTest {
    private static final float[] GRADIENTS = {0.5f, -1, 2};
    private static final double RATE = 0.1;
    private static final Offset<Float> ROUNDING = Offset.offset(1e-6f);

    static List<VectorMath> loops() {
        return List.of(VectorProvider.get(), VectorProvider.plain());
    }

    /**
     * Algorithm 1 with rate 0.1 from w = 1, gradients 0.5, -1, 2:
     *
     * <pre>
     *   m: 0.1 · 0.5 = 0.05      0.9 · 0.05 - 0.1 = -0.055            0.9 · -0.055 + 0.2 = 0.1505
     *   v: 0.001 · 0.25          0.999 · 0.00025 + 0.001 = 0.00124975 0.999 · 0.00124975 + 0.004 = 0.00524850025
     *   m̂: 0.05 / 0.1 = 0.5      -0.055 / 0.19 = -0.28947368          0.1505 / 0.271 = 0.55535055
     *   v̂: 0.00025 / 0.001       0.00124975 / 0.001999 = 0.62518759   0.00524850025 / 0.002997001 = 1.75125075
     *   w: 1 - 0.1 · 0.5 / 0.5   0.9 + 0.028947368 / 0.79068804       0.93661035 - 0.055535055 / 1.32334831
     * </pre>
     */
    @ParameterizedTest
    @MethodSource("loops")
    void adamFollowsItsPaper(VectorMath math) {
        assertWeights(Adam.withDecay(0), math, 0.9f, 0.93661035f, 0.89464479f);
    }

    /**
     * The same, and each step first takes 0.1 · 0.2 = 2 % of the weight away: {@code 1 · 0.98 - 0.1}, {@code 0.88 ·
     * 0.98 + 0.03661035}, {@code 0.89901035 · 0.98 - 0.04196556}; the means of the gradient know nothing of it.
     */
    @ParameterizedTest
    @MethodSource("loops")
    void adamDecaysWeightsApartFromTheGradient(VectorMath math) {
        assertWeights(Adam.withDecay(0.2), math, 0.88f, 0.89901035f, 0.83906459f);
    }

    /** With m̂ = √v̂ = 0.001 and epsilon 0.001, a step is 0.1 · 0.001 / (0.001 + 0.001) = 0.05. */
    @ParameterizedTest
    @MethodSource("loops")
    void adamAddsEpsilonOutsideOfTheRoot(VectorMath math) {
        float[] values = {1};
        Optimizer optimizer = new Adam(0.9f, 0.999f, 1e-3f, 0).over(values, new float[] {1e-3f}, math);
        optimizer.begin(RATE);
        optimizer.update(0, 1, true);
        assertThat(values[0]).isCloseTo(0.95f, ROUNDING);
        optimizer.begin(RATE);
        optimizer.update(0, 1, true);
        assertThat(values[0]).isCloseTo(0.9f, ROUNDING);
    }

    /**
     * v: 0.5, 0.9 · 0.5 - 1 = -0.55, 0.9 · -0.55 + 2 = 1.505; w: 1 - 0.05 = 0.95, 0.95 + 0.055 = 1.005, 1.005 - 0.1505
     * = 0.8545.
     */
    @ParameterizedTest
    @MethodSource("loops")
    void momentumFollowsItsPaper(VectorMath math) {
        assertWeights(new Momentum(0.9f, 0), math, 0.95f, 1.005f, 0.8545f);
    }

    /** The same with 0.98 of the weight: 0.98 - 0.05 = 0.93, 0.9114 + 0.055 = 0.9664, 0.947072 - 0.1505 = 0.796572. */
    @ParameterizedTest
    @MethodSource("loops")
    void momentumDecaysWeightsApartFromTheGradient(VectorMath math) {
        assertWeights(new Momentum(0.9f, 0.2f), math, 0.93f, 0.9664f, 0.796572f);
    }

    /** w: 1 - 0.05, 0.95 + 0.1, 1.05 - 0.2. */
    @ParameterizedTest
    @MethodSource("loops")
    void withoutMomentumItIsPlainDescent(VectorMath math) {
        assertWeights(new Momentum(0, 0), math, 0.95f, 1.05f, 0.85f);
    }

    @ParameterizedTest
    @MethodSource("loops")
    void biasesDoNotDecay(VectorMath math) {
        for (OptimizerSettings settings : List.of(Adam.withDecay(0.2), new Momentum(0.9f, 0.2f))) {
            float[] values = {1, 1};
            Optimizer optimizer = settings.over(values, new float[2], math);
            optimizer.begin(RATE);
            optimizer.update(0, 1, true);
            optimizer.update(1, 2, false);
            assertThat(values[0]).as("%s, weight", settings).isCloseTo(0.98f, ROUNDING);
            assertThat(values[1]).as("%s, bias", settings).isEqualTo(1);
        }
    }

    /** A step's numbers do not depend on how many ranges it is done in, and no range reaches into another. */
    @ParameterizedTest
    @MethodSource("loops")
    void rangesAreIndependent(VectorMath math) {
        for (OptimizerSettings settings : List.of(Adam.withDecay(0.2), new Momentum(0.9f, 0.2f))) {
            assertThat(run(settings, math, 37))
                    .as("%s", settings)
                    .isEqualTo(run(settings, math, 5))
                    .isEqualTo(run(settings, math, 1));
        }
    }

    private static float[] run(OptimizerSettings settings, VectorMath math, int range) {
        float[] values = new float[37];
        float[] gradient = new float[37];
        Optimizer optimizer = settings.over(values, gradient, math);
        for (int step = 0; step < 3; step++) {
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] = (float) Math.sin(i + 7 * step);
            }
            optimizer.begin(RATE);
            for (int begin = 0; begin < values.length; begin += range) {
                optimizer.update(begin, Math.min(values.length, begin + range), true);
            }
        }
        return values;
    }

    private static void assertWeights(OptimizerSettings settings, VectorMath math, float... expected) {
        // Nineteen elements of the same, so that whole vectors and what is left behind them both occur.
        float[] values = new float[19];
        float[] gradient = new float[19];
        Arrays.fill(values, 1);
        Optimizer optimizer = settings.over(values, gradient, math);
        for (int step = 0; step < expected.length; step++) {
            Arrays.fill(gradient, GRADIENTS[step]);
            optimizer.begin(RATE);
            optimizer.update(0, values.length, true);
            for (float value : values) {
                assertThat(value)
                        .as("%s, %s, step %d", settings, math.name(), step + 1)
                        .isCloseTo(expected[step], ROUNDING);
            }
        }
    }
}
