package org.tinytune.train.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Operator;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.InferenceOnly;
import org.tinytune.core.op.Operators;
import org.tinytune.core.op.Probabilities;
import org.tinytune.core.op.dropout.DropoutParams;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.testing.RandomGraphs;
import org.tinytune.train.network.NetworkOptions.Arithmetic;
import org.tinytune.train.network.Parameters.Slice;

/** Gradients are what the loss does when a number is moved. */
class GradientTest {
    private static final int SEEDS = 60;
    private static final int ELEMENTS = 12;
    private static final float STEP = 0x1p-9f;
    private static final Set<String> CURVED = Set.of("HARD_SWISH", "LEAKY_RELU", "LOGISTIC", "MUL", "TANH");

    /** Of a sequence: more than any memory in the graphs, and for some graphs fewer. */
    private static final int STEPS = 3;

    static List<Operator<?>> operators() {
        return Operators.ALL.stream()
                .filter(operator -> !(operator instanceof InferenceOnly))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("operators")
    void everyOperatorAgreesWithCentralDifferences(Operator<?> operator) {
        Checked checked = new Checked();
        for (long seed = 0; seed < SEEDS; seed++) {
            checked.check(FloatGraphs.of(RandomGraphs.single(operator, seed), true), seed);
        }
        checked.assertMostWereSmooth();
    }

    @Test
    void wholeNetworksAgreeWithCentralDifferences() {
        Checked checked = new Checked();
        for (long seed = 0; seed < SEEDS; seed++) {
            checked.check(FloatGraphs.of(RandomGraphs.network(seed), true), seed);
        }
        checked.assertMostWereSmooth();
    }

    @ParameterizedTest
    @EnumSource
    void batchNormAgreesWithCentralDifferences(Activation activation) {
        Checked checked = new Checked();
        for (long seed = 0; seed < SEEDS; seed++) {
            checked.check(FloatGraphs.batchNorm(seed, activation), seed);
        }
        checked.assertMostWereSmooth();
    }

    @Test
    void dropoutAgreesWithCentralDifferences() {
        Checked checked = new Checked();
        checked.check(FloatGraphs.dropout(new DropoutParams(0.4f), Shape.of(1, 37)), 1);
        checked.check(FloatGraphs.dropout(new DropoutParams(0), Shape.of(1, 37)), 2);
        checked.check(FloatGraphs.dropout(DropoutParams.spatial(0.4f), Shape.of(1, 3, 4, 7)), 3);
        checked.assertMostWereSmooth();
    }

    static List<Operator<?>> linearOperators() {
        return operators().stream()
                .filter(operator -> !(operator instanceof Probabilities)
                        && !CURVED.contains(operator.name())
                        && !operator.name().startsWith("RELU")
                        && !operator.name().startsWith("MAX"))
                .toList();
    }

    /** {@code <A x, y> = <x, Aᵀ y>}: the loss of a linear operator moves by the gradient, however far one goes. */
    @ParameterizedTest
    @MethodSource("linearOperators")
    void linearOperatorsHaveTheirAdjointAsGradient(Operator<?> operator) {
        for (long seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Graph graph = FloatGraphs.of(RandomGraphs.single(operator, seed), false);
            try (Network network = network(graph, 5, 1)) {
                LinearLoss loss = new LinearLoss(network, random.nextInt(1, 6), seed);
                double before = loss.step();
                double product = 0;
                double magnitude = Math.abs(before);
                float[] values = network.parameters().values();
                float[] gradient = loss.gradient();
                for (Slice slice : network.parameters().trained()) {
                    if (!graph.tensor(slice.tensor()).name().endsWith("/shift")) {
                        continue;
                    }
                    for (int i = slice.offset(); i < slice.offset() + slice.length(); i++) {
                        float direction = (float) random.nextDouble(-1, 1);
                        product += (double) gradient[i] * direction;
                        magnitude += Math.abs((double) gradient[i] * direction);
                        values[i] += direction;
                    }
                }
                assertThat(loss.step() - before)
                        .as("seed %d", seed)
                        .isCloseTo(product, Offset.offset(2e-5 * (1 + magnitude)));
            }
        }
    }

    private static Network network(Graph graph, int samples, int threads) {
        NetworkOptions options = NetworkOptions.training(Arithmetic.FLOAT32, samples, threads);
        return new Network(graph, options.withSteps(graph.hasState() ? STEPS : 1));
    }

    /** Compares elements, and counts those at which the loss has a kink. */
    private static final class Checked {
        private int all;
        private int kinks;

        void check(Graph graph, long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            int samples = random.nextInt(1, 11);
            try (Network network = network(graph, samples, 1)) {
                LinearLoss loss = new LinearLoss(network, samples, seed);
                double middle = loss.step();
                float[] gradient = loss.gradient();
                for (Slice slice : network.parameters().trained()) {
                    for (int k = 0; k < ELEMENTS; k++) {
                        int i = slice.offset() + random.nextInt(slice.length());
                        check(
                                network,
                                loss,
                                middle,
                                i,
                                gradient[i],
                                "seed " + seed + ", "
                                        + graph.tensor(slice.tensor()).name());
                    }
                }
            }
        }

        private void check(Network network, LinearLoss loss, double middle, int i, float gradient, String name) {
            double right = (moved(network, loss, i, STEP) - middle) / STEP;
            double left = (middle - moved(network, loss, i, -STEP)) / STEP;
            double noise = 1e-3 * (1 + Math.abs(middle) + Math.abs(right) + Math.abs(left));
            // Several kinks on either side may cancel each other out, but not for every step.
            float half = STEP / 2;
            double near = (moved(network, loss, i, half) - moved(network, loss, i, -half)) / STEP;
            all++;
            if (Math.abs(right - left) > 2 * noise || Math.abs(near - (right + left) / 2) > noise) {
                kinks++;
            } else {
                assertThat((double) gradient).as(name).isCloseTo((right + left) / 2, Offset.offset(5 * noise));
            }
        }

        /** The loss with one value moved. */
        private static double moved(Network network, LinearLoss loss, int i, float distance) {
            float[] values = network.parameters().values();
            float before = values[i];
            values[i] = before + distance;
            double moved = loss.step();
            values[i] = before;
            return moved;
        }

        void assertMostWereSmooth() {
            assertThat(kinks).as("kinks among %d", all).isLessThan(all / 3);
        }
    }
}
