package org.tinytune.train.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.core.vector.VectorProvider;
import org.tinytune.train.network.ParameterArrays;

class RegularizedUpdateTest {
    private static final Offset<Float> ROUNDING = Offset.offset(1e-6f);

    /** Two weights in one range, two in another, and a bias. */
    private final ParameterArrays parameters = TestParameters.of(VectorProvider.plain(), 2, 4, 1);

    private RegularizedUpdate update(Penalty penalty, Clipping clipping, OptimizerSettings settings) {
        Optimizer optimizer = settings.over(parameters);
        optimizer.begin(1);
        return new RegularizedUpdate(parameters, penalty, clipping, optimizer);
    }

    private void fill(float[] values, float... gradient) {
        System.arraycopy(values, 0, parameters.values(), 0, values.length);
        System.arraycopy(gradient, 0, parameters.gradient(), 0, gradient.length);
    }

    /** The change of a step of plain descent with rate 1 is the gradient as the optimizer sees it. */
    private float[] seenBy(Penalty penalty, Clipping clipping) {
        float[] before = parameters.values().clone();
        TestParameters.step(parameters, update(penalty, clipping, Sgd.standard()));
        float[] seen = new float[before.length];
        for (int i = 0; i < seen.length; i++) {
            seen[i] = before[i] - parameters.values()[i];
        }
        return seen;
    }

    /** g + 0.5 · sign(w) + 0.25 · w for weights, and a bias as it is. */
    @Test
    void penaltiesGoThroughTheGradientOfWeights() {
        fill(new float[] {2, -4, 0, 1, 3}, 1, 1, 1, -1, 1);
        assertThat(seenBy(new Penalty(0.5, 0.25), Clipping.NONE)).containsExactly(2, -0.5f, 1, -0.25f, 1);
    }

    /** The gradient of the penalty is its derivative. */
    @Test
    void thePenaltyIsTheStatedFunction() {
        Penalty penalty = new Penalty(0.3, 0.7);
        for (double w : new double[] {-1.5, -0.25, 0.75, 2}) {
            double step = 1e-4;
            double slope = (value(penalty, w + step) - value(penalty, w - step)) / (2 * step);
            fill(new float[] {(float) w, 0, 0, 0, 0}, 0, 0, 0, 0, 0);
            assertThat(seenBy(penalty, Clipping.NONE)[0]).isCloseTo((float) slope, Offset.offset(1e-5f));
        }
    }

    private static double value(Penalty penalty, double w) {
        return penalty.l1() * Math.abs(w) + penalty.l2() / 2 * w * w;
    }

    @Test
    void elementsAreClippedByValue() {
        fill(new float[5], 3, -3, 0.5f, -0.5f, 2);
        assertThat(seenBy(Penalty.NONE, Clipping.byValue(1))).containsExactly(1, -1, 0.5f, -0.5f, 1);
    }

    /** ‖(2, -4, 4, 0, 8)‖ = 10, of all tensors together; cut to 5, all are halved. */
    @Test
    void theNormIsThatOfAllParameters() {
        fill(new float[5], 2, -4, 4, 0, 8);
        assertThat(seenBy(Penalty.NONE, Clipping.byNorm(5))).containsExactly(1, -2, 2, 0, 4);
    }

    @Test
    void aGradientWithinTheNormStaysAsItIs() {
        fill(new float[5], 2, -4, 4, 0, 8);
        assertThat(seenBy(Penalty.NONE, Clipping.byNorm(10))).containsExactly(2, -4, 4, 0, 8);
    }

    /** 2 + 1 · 2 = 4 is cut to 3, with 4 from the bias cut to 3 too; ‖(3, 3)‖ = √18, cut to √2: a third. */
    @Test
    void penaltiesComeFirstThenValuesThenTheNorm() {
        fill(new float[] {2, 0, 0, 0, 5}, 2, 0, 0, 0, 4);
        float[] seen = seenBy(new Penalty(0, 1), new Clipping(3, Math.sqrt(2)));
        assertThat(seen[0]).isCloseTo(1, ROUNDING);
        assertThat(seen[4]).isCloseTo(1, ROUNDING);
    }

    /** Both the norm of the gradient and those of LAMB take a pass of their own. */
    @Test
    void passesOfTheOptimizerComeBehind() {
        fill(new float[] {3, 4, 0, 0, 1}, 2, -4, 4, 0, 8);
        RegularizedUpdate update = update(Penalty.NONE, Clipping.byNorm(5), Lamb.standard());
        assertThat(update.passes()).isEqualTo(3);
        TestParameters.step(parameters, update);
        float[] clipped = parameters.values().clone();

        fill(new float[] {3, 4, 0, 0, 1}, 1, -2, 2, 0, 4);
        TestParameters.step(parameters, update(Penalty.NONE, Clipping.NONE, Lamb.standard()));
        assertThat(parameters.values()).isEqualTo(clipped);
    }

    @Test
    void theOrderOfRangesDoesNotMatter() {
        float[] gradient = {1e8f, 1, -1e8f, 3, 1e-8f};
        fill(new float[5], gradient);
        TestParameters.step(parameters, update(Penalty.NONE, Clipping.byNorm(1), Sgd.standard()));
        float[] forwards = parameters.values().clone();
        fill(new float[5], gradient);
        TestParameters.stepBackwards(parameters, update(Penalty.NONE, Clipping.byNorm(1), Sgd.standard()));
        assertThat(parameters.values()).isEqualTo(forwards);
    }

    @Test
    void aGradientThatIsNoNumberStaysOne() {
        fill(new float[5], Float.NaN, 1, 1, 1, 1);
        assertThat(seenBy(Penalty.NONE, new Clipping(1, 1))[0]).isNaN();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN})
    void boundsOutOfRangeAreRefused(double bound) {
        assertThatThrownBy(() -> Clipping.byNorm(bound)).hasMessageStartingWith("the norm to clip gradients at ");
        assertThatThrownBy(() -> Clipping.byValue(bound)).hasMessageStartingWith("the value to clip gradients at ");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void penaltiesOutOfRangeAreRefused(double penalty) {
        assertThatThrownBy(() -> new Penalty(penalty, 0)).hasMessage("l1 " + penalty + ": give 0 or more");
        assertThatThrownBy(() -> new Penalty(0, penalty)).hasMessage("l2 " + penalty + ": give 0 or more");
    }
}
