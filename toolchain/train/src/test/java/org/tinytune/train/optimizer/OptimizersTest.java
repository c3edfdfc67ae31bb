package org.tinytune.train.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.vector.VectorMath;
import org.tinytune.core.vector.VectorProvider;
import org.tinytune.train.network.ParameterArrays;

/** The update rules of the papers, step by step, against numbers worked out by hand. */
class OptimizersTest {
    private static final float[] GRADIENTS = {0.5f, -1, 2};
    private static final double RATE = 0.1;
    private static final Offset<Float> ROUNDING = Offset.offset(1e-6f);

    static List<VectorMath> loops() {
        return List.of(VectorProvider.get(), VectorProvider.plain());
    }

    static Stream<String> names() {
        return Optimizers.ALL.names().stream();
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
        assertWeights(Adam.standard(), math, 0.9f, 0.93661035f, 0.89464479f);
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
        ParameterArrays one = TestParameters.of(math, 1, 1);
        one.values()[0] = 1;
        one.gradient()[0] = 1e-3f;
        Optimizer optimizer = new Adam(0.9f, 0.999f, 1e-3f, 0).over(one);
        optimizer.begin(RATE);
        TestParameters.step(one, optimizer);
        assertThat(one.values()[0]).isCloseTo(0.95f, ROUNDING);
        optimizer.begin(RATE);
        TestParameters.step(one, optimizer);
        assertThat(one.values()[0]).isCloseTo(0.9f, ROUNDING);
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

    /** w: 1 - 0.05, 0.95 + 0.1, 1.05 - 0.2; with 98 % of the weight 0.93, 0.9114 + 0.1, 0.991172 - 0.2. */
    @Test
    void descentFollowsItsPaper() {
        assertWeights(Sgd.standard(), VectorProvider.plain(), 0.95f, 1.05f, 0.85f);
        assertWeights(new Sgd(0.2f), VectorProvider.plain(), 0.93f, 1.0114f, 0.791172f);
    }

    /**
     * v: 0.5, -0.55, 1.505 as with momentum; w: 1 - 0.1 · (0.5 + 0.45) = 0.905, 0.905 + 0.1 · (1 + 0.495) = 1.0545,
     * 1.0545 - 0.1 · (2 + 1.3545) = 0.71905.
     */
    @Test
    void nesterovByHand() {
        assertWeights(Nesterov.standard(), VectorProvider.plain(), 0.905f, 1.0545f, 0.71905f);
    }

    /**
     * Equations 3 and 4 of Sutskever et al., {@code u = 0.9 · u - 0.1 · f'(θ + 0.9 · u)}, {@code θ = θ + u}, on
     * {@code f(x) = x²}: what we keep is {@code θ + 0.9 · u}.
     */
    @Test
    void nesterovLooksAheadAsInItsPaper() {
        ParameterArrays one = TestParameters.of(VectorProvider.plain(), 1, 1);
        one.values()[0] = 1;
        Optimizer optimizer = Nesterov.standard().over(one);
        double theta = 1;
        double velocity = 0;
        for (int step = 0; step < 20; step++) {
            velocity = 0.9 * velocity - 0.1 * 2 * (theta + 0.9 * velocity);
            theta += velocity;
            one.gradient()[0] = 2 * one.values()[0];
            optimizer.begin(RATE);
            TestParameters.step(one, optimizer);
            assertThat(one.values()[0])
                    .as("step %d", step)
                    .isCloseTo((float) (theta + 0.9 * velocity), Offset.offset(1e-5f));
        }
    }

    /** s: 0.25, 1.25, 5.25; w: 1 - 0.05 / 0.5, 0.9 + 0.1 / √1.25, 0.989442719 - 0.2 / √5.25. */
    @Test
    void adagradFollowsItsPaper() {
        assertWeights(Adagrad.standard(), VectorProvider.plain(), 0.9f, 0.989442719f, 0.902155563f);
    }

    /**
     * With rate 1, as in the paper:
     *
     * <pre>
     *   s: 0.05 · 0.25 = 0.0125           0.95 · 0.0125 + 0.05 = 0.061875      0.95 · 0.061875 + 0.2 = 0.25878125
     *   d: √1e-6 / √0.012501 · 0.5        -√(1.99992e-6) / √0.061876           √(3.565994862e-6) / √0.25878225 · 2
     *      = 0.00447195708                = -0.0056851928                      = 0.00742425893
     *   u: 0.05 · d² = 9.99920006e-7      0.95 · 9.9992e-7 + 0.05 · d²         not needed any more
     *                                     = 2.565994862e-6
     *   w: 1 - d                          0.995528043 - d                      1.001213236 - d
     * </pre>
     */
    @Test
    void adadeltaFollowsItsPaper() {
        float[] expected = {0.995528043f, 1.001213236f, 0.993788977f};
        assertWeights(1, Adadelta.standard(), VectorProvider.plain(), ROUNDING, expected);
    }

    /**
     * s: 0.1 · 0.25 = 0.025, 0.0225 + 0.1 = 0.1225, 0.11025 + 0.4 = 0.51025; w: 1 - 0.05 / 0.158113883, 0.683772234 +
     * 0.1 / 0.35, 0.96948652 - 0.2 / 0.714317856.
     */
    @Test
    void rmsPropFollowsItsLecture() {
        assertWeights(RmsProp.standard(), VectorProvider.plain(), 0.683772254f, 0.969486532f, 0.689499135f);
    }

    /**
     * m: 0.05, -0.055, 0.1505 and v: 0.00025, 0.00124975, 0.00524850025 as with Adam, of which each is the greatest so
     * far; w: 1 - 0.005 / √0.00025, 0.683772 + 0.0055 / √0.00124975, 0.839351 - 0.01505 / √0.0052485. In float, 1 -
     * 0.999 is 0.00099998713, of which roots are 6 millionths off, and nothing corrects it here.
     */
    @Test
    void amsGradFollowsItsPaper() {
        float[] expected = {0.683772434f, 0.839351441f, 0.631612062f};
        assertWeights(RATE, AmsGrad.standard(), VectorProvider.plain(), Offset.offset(5e-6f), expected);
    }

    /**
     * Gradients 2, 0.5, -1 with beta2 = 0.5: m: 0.2, 0.23, 0.107; v: 2, 1.125, 1.0625, of which 2 remains the greatest:
     * w: 1 - 0.02 / √2, - 0.023 / √2, - 0.0107 / √2.
     */
    @Test
    void amsGradKeepsTheGreatestMeanSquare() {
        ParameterArrays one = TestParameters.of(VectorProvider.plain(), 1, 1);
        one.values()[0] = 1;
        Optimizer optimizer = new AmsGrad(0.9f, 0.5f, 1e-8f, 0).over(one);
        float[] expected = {0.985857864f, 0.969594409f, 0.962028366f};
        float[] gradients = {2, 0.5f, -1};
        for (int step = 0; step < 3; step++) {
            one.gradient()[0] = gradients[step];
            optimizer.begin(RATE);
            TestParameters.step(one, optimizer);
            assertThat(one.values()[0]).isCloseTo(expected[step], ROUNDING);
        }
    }

    /**
     * Algorithm 2 on weights (3, 4), of which the first step is {@code m̂ / √v̂ = sign(g)}, so {@code r = (1 + 0.03, -1
     * + 0.04)} and {@code ‖w‖ / ‖r‖ = 5 / √(1.03² + 0.96²) = 3.55110953}; and on a bias, which has neither decay nor a
     * length of its own. In float64:
     *
     * <pre>
     *   g             r                          ‖w‖ / ‖r‖    w
     *   0.5, -1       1.029998, -0.959999        3.55110953   2.63423643, 4.34090616
     *   2, 0.5        0.91071825, -0.22292764    5.41556390   2.14103114, 4.46163405
     *   -0.25, 1      0.62311403, 0.31731282     7.07717762   1.70004228, 4.23706613
     *   0.5, -1, 2 of the bias                   1            0.9, 0.93661051, 0.89464498
     * </pre>
     */
    @Test
    void lambFollowsItsPaper() {
        // One element a range, so that norms are put together from several.
        ParameterArrays parameters = TestParameters.of(VectorProvider.plain(), 1, 2, 1);
        System.arraycopy(new float[] {3, 4, 1}, 0, parameters.values(), 0, 3);
        float[][] gradients = {{0.5f, -1, 0.5f}, {2, 0.5f, -1}, {-0.25f, 1, 2}};
        float[][] expected = {
            {2.63423643f, 4.34090616f, 0.9000002f},
            {2.14103114f, 4.46163405f, 0.93661051f},
            {1.70004228f, 4.23706613f, 0.89464498f}
        };
        Optimizer optimizer = Lamb.standard().over(parameters);
        for (int step = 0; step < 3; step++) {
            TestParameters.gradient(parameters, gradients[step]);
            optimizer.begin(RATE);
            TestParameters.step(parameters, optimizer);
            for (int i = 0; i < 3; i++) {
                assertThat(parameters.values()[i])
                        .as("step %d, element %d", step + 1, i)
                        .isCloseTo(expected[step][i], Offset.offset(3e-6f));
            }
        }
    }

    /** Weights that are all 0 have no length: they move as far as Adam would move them. */
    @Test
    void lambMovesWeightsThatAreZero() {
        ParameterArrays parameters = TestParameters.of(VectorProvider.plain(), 8, 3);
        TestParameters.gradient(parameters, 2, -2, 4);
        Optimizer optimizer = Lamb.standard().over(parameters);
        optimizer.begin(RATE);
        TestParameters.step(parameters, optimizer);
        assertThat(parameters.values()[0]).isCloseTo(-0.1f, ROUNDING);
        assertThat(parameters.values()[1]).isCloseTo(0.1f, ROUNDING);
        assertThat(parameters.values()[2]).isCloseTo(-0.1f, ROUNDING);
    }

    static List<OptimizerSettings> decaying() {
        return List.of(
                new Sgd(0.2f),
                new Momentum(0.9f, 0.2f),
                new Nesterov(0.9f, 0.2f),
                new Adagrad(1e-10f, 0.2f),
                new Adadelta(0.95f, 1e-6f, 0.2f),
                new RmsProp(0.9f, 1e-8f, 0.2f),
                Adam.withDecay(0.2),
                new AmsGrad(0.9f, 0.999f, 1e-8f, 0.2f));
    }

    @ParameterizedTest
    @MethodSource("decaying")
    void weightsDecayAndBiasesDoNot(OptimizerSettings settings) {
        ParameterArrays parameters = TestParameters.of(VectorProvider.get(), 8, 1, 1);
        Arrays.fill(parameters.values(), 1);
        Optimizer optimizer = settings.over(parameters);
        optimizer.begin(RATE);
        TestParameters.step(parameters, optimizer);
        assertThat(parameters.values()[0]).as("weight").isCloseTo(0.98f, ROUNDING);
        assertThat(parameters.values()[1]).as("bias").isEqualTo(1);
    }

    /** Whichever thread comes first, with whichever loops. */
    @ParameterizedTest
    @MethodSource("names")
    void orderOfRangesAndLoopsDoNotMatter(String name) {
        OptimizerSettings settings = Optimizers.ALL.get(name);
        float[] expected = new Run(settings, VectorProvider.get(), 5).steps(0, 3, false).values;
        assertThat(new Run(settings, VectorProvider.get(), 5).steps(0, 3, true).values)
                .isEqualTo(expected);
        assertThat(new Run(settings, VectorProvider.plain(), 5).steps(0, 3, false).values)
                .isEqualTo(expected);
    }

    /** A step's numbers do not depend on how many ranges it is done in, where there are no sums over them. */
    @ParameterizedTest
    @MethodSource("names")
    void rangesAreIndependent(String name) {
        OptimizerSettings settings = Optimizers.ALL.get(name);
        Run whole = new Run(settings, VectorProvider.get(), 37);
        if (whole.optimizer.passes() == 1) {
            float[] expected = whole.steps(0, 3, false).values;
            for (int range : new int[] {1, 5}) {
                assertThat(new Run(settings, VectorProvider.get(), range).steps(0, 3, false).values)
                        .isEqualTo(expected);
            }
        }
    }

    /** Saved after some steps, and restored into another that has done some of its own. */
    @ParameterizedTest
    @MethodSource("names")
    void restoredItGoesOnToTheSameBytes(String name) throws IOException {
        OptimizerSettings settings = Optimizers.ALL.get(name);
        float[] expected = new Run(settings, VectorProvider.get(), 5).steps(0, 7, false).values;
        Run first = new Run(settings, VectorProvider.get(), 5).steps(0, 4, false);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        first.optimizer.save(new DataOutputStream(bytes));
        Run second = new Run(settings, VectorProvider.get(), 5).steps(3, 9, false);
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
        second.optimizer.restore(in);
        assertThat(in.read()).as("all is read").isEqualTo(-1);
        System.arraycopy(first.values, 0, second.values, 0, first.values.length);
        assertThat(second.steps(4, 7, false).values).isEqualTo(expected);
        if (!name.equals("sgd")) {
            // The test would notice if nothing were restored.
            Run forgetful = new Run(settings, VectorProvider.get(), 5);
            System.arraycopy(first.values, 0, forgetful.values, 0, first.values.length);
            assertThat(forgetful.steps(4, 7, false).values).isNotEqualTo(expected);
        }
    }

    @Test
    void theStateOfAnotherNetworkIsRefused() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Adam.standard().over(TestParameters.of(VectorProvider.plain(), 8, 3)).save(new DataOutputStream(bytes));
        for (Optimizer other : List.of(
                Adam.standard().over(TestParameters.of(VectorProvider.plain(), 8, 4)),
                Momentum.standard().over(TestParameters.of(VectorProvider.plain(), 8, 3)))) {
            assertThatThrownBy(() -> other.restore(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("the state of an optimizer with 2 numbers for each of 3 parameters, not ");
        }
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertRefused(() -> new Momentum(1, 0), "momentum 1.0: give 0 or more, below 1");
        assertRefused(() -> new Adam(0.9f, 1, 1e-8f, 0), "beta2 1.0: give 0 or more, below 1");
        assertRefused(() -> new RmsProp(0.9f, 0, 0), "epsilon 0.0: give a number above 0");
        assertRefused(() -> new Sgd(Float.NaN), "weight decay NaN: give 0 or more");
        assertRefused(() -> new Sgd(-1), "weight decay -1.0: give 0 or more");
    }

    private static void assertRefused(Runnable code, String message) {
        assertThatThrownBy(code::run)
                .isInstanceOfSatisfying(
                        TinytuneException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
                .hasMessage(message);
    }

    /** Some steps with gradients that depend on the step. */
    private static final class Run {
        private final ParameterArrays parameters;
        private final float[] values;
        private final Optimizer optimizer;

        Run(OptimizerSettings settings, VectorMath math, int range) {
            parameters = TestParameters.of(math, range, 30, 7);
            values = parameters.values();
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) Math.cos(i);
            }
            optimizer = settings.over(parameters);
        }

        Run steps(int first, int end, boolean backwards) {
            for (int step = first; step < end; step++) {
                for (int i = 0; i < values.length; i++) {
                    parameters.gradient()[i] = (float) Math.sin(i + 7 * step);
                }
                optimizer.begin(RATE / (step + 1));
                if (backwards) {
                    TestParameters.stepBackwards(parameters, optimizer);
                } else {
                    TestParameters.step(parameters, optimizer);
                }
            }
            return this;
        }
    }

    private static void assertWeights(OptimizerSettings settings, VectorMath math, float... expected) {
        assertWeights(RATE, settings, math, ROUNDING, expected);
    }

    private static void assertWeights(
            double rate, OptimizerSettings settings, VectorMath math, Offset<Float> tolerance, float... expected) {
        // Nineteen elements of the same, so that whole vectors and what is left behind them both occur.
        ParameterArrays parameters = TestParameters.of(math, 19, 19);
        Arrays.fill(parameters.values(), 1);
        Optimizer optimizer = settings.over(parameters);
        for (int step = 0; step < expected.length; step++) {
            TestParameters.gradient(parameters, GRADIENTS[step]);
            optimizer.begin(rate);
            TestParameters.step(parameters, optimizer);
            for (float value : parameters.values()) {
                assertThat(value)
                        .as("%s, %s, step %d", settings, math.name(), step + 1)
                        .isCloseTo(expected[step], tolerance);
            }
        }
    }
}
