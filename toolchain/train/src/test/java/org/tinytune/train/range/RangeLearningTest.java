package org.tinytune.train.range;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.quant.Quantization;
import org.tinytune.train.range.RangeLearning.Sums;

class RangeLearningTest {
    /** [-2, 3.1] in steps of 0.02. */
    private static final Quantization START = Quantization.perTensor(0.02f, -28);

    private static final int ELEMENTS = 100;

    static List<RangeLearning> learnings() {
        return List.of(new LearnedRanges(3, 0.5), new LearnedSteps(3, 1));
    }

    private static float[] gradient(RangeLearning learning, Sums sums) {
        float[] gradient = new float[2];
        learning.addGradient(START, sums, ELEMENTS, gradient, 0);
        return gradient;
    }

    @ParameterizedTest
    @MethodSource("learnings")
    void zerosStandForTheStart(RangeLearning learning) {
        assertThat(learning.quantization(START, new float[2], 0)).isEqualTo(START);
    }

    /** With the zero point as a real number, as the derivatives have it; rounding passes gradients straight through. */
    @Test
    void theGradientOfBothEndsIsThatOfTheQuantizer() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 200; i++) {
            double x = random.nextDouble(-4, 5);
            double u = (x + 2) / 0.02;
            double rounding = Math.rint(u) - u;
            Sums sums = x < -2 ? new Sums(1, 0, 0) : x > 3.1 ? new Sums(0, 0, 1) : new Sums(0, rounding, 0);
            float[] gradient = gradient(new LearnedRanges(3, 0.5), sums);
            double step = 1e-4;
            for (int end = 0; end < 2; end++) {
                double up = quantized(x, end == 0 ? step : 0, end == 1 ? step : 0, rounding);
                double down = quantized(x, end == 0 ? -step : 0, end == 1 ? -step : 0, rounding);
                assertThat((double) gradient[end])
                        .as("end %d of x = %s", end, x)
                        .isCloseTo((up - down) / (2 * step), Offset.offset(1e-3));
            }
        }
    }

    /** What becomes of x where the logarithms are moved; what rounding adds, in steps, is kept. */
    private static double quantized(double x, double low, double high, double rounding) {
        double min = -2 * StrictMath.exp(3 * low);
        double max = 3.1 * StrictMath.exp(3 * high);
        double scale = (max - min) / 255;
        // Which part of the quantizer x is in does not change.
        if (x < -2) {
            return min;
        }
        return x > 3.1 ? max : min + scale * ((x - min) / scale + rounding);
    }

    /** Equation 3 of the source: the zero point is -28, so the ends are 100 steps below and 155 above. */
    @Test
    void theGradientOfAStepIsThatOfItsPaper() {
        double factor = 3 * 0.02 / Math.sqrt(ELEMENTS * 127.0);
        RangeLearning learning = new LearnedSteps(3, 1);
        assertThat(gradient(learning, new Sums(1, 0, 0))[0]).isCloseTo((float) (-100 * factor), Offset.offset(1e-6f));
        assertThat(gradient(learning, new Sums(0, 0, 1))[0]).isCloseTo((float) (155 * factor), Offset.offset(1e-6f));
        assertThat(gradient(learning, new Sums(0, 0.3, 0))[0]).isCloseTo((float) (0.3 * factor), Offset.offset(1e-6f));
    }

    @Test
    void whatIsLearnedMovesEndsAndSteps() {
        Quantization wider = new LearnedRanges(1, 1).quantization(START, new float[] {0, (float) Math.log(2)}, 0);
        assertThat(wider.dequantize(-128)).isCloseTo(-2, Offset.offset(0.03));
        assertThat(wider.dequantize(127)).isCloseTo(6.2, Offset.offset(0.03));
        Quantization finer = new LearnedSteps(1, 1).quantization(START, new float[] {(float) -Math.log(2)}, 0);
        assertThat(finer.scale()).isCloseTo(0.01f, Offset.offset(1e-6f));
        assertThat(finer.zeroPoint()).isEqualTo(-28);
    }

    @Test
    void anEndAtZeroStays() {
        Quantization relu = Quantization.perTensor(0.01f, -128);
        RangeLearning learning = new LearnedRanges(1, 1);
        assertThat(learning.quantization(relu, new float[] {2, 0.5f}, 0).zeroPoint())
                .isEqualTo(-128);
        float[] gradient = new float[2];
        learning.addGradient(relu, new Sums(5, 0, 0), ELEMENTS, gradient, 0);
        assertThat(gradient).containsOnly(0);
    }

    @ParameterizedTest
    @MethodSource("learnings")
    void runawayNumbersStayWithinBounds(RangeLearning learning) {
        float huge = 1e30f;
        for (float[] learned : new float[][] {{huge, huge}, {-huge, -huge}, {huge, -huge}}) {
            double factor = learning.quantization(START, learned, 0).scale() / START.scale();
            assertThat(factor).isBetween(0.01, 60.0);
        }
    }

    @Test
    void learningHasNamesAndSettings() {
        assertThat(RangeLearnings.ALL.names()).containsExactly("static", "ranges", "lsq");
        assertThat(RangeLearnings.ALL.get("lsq", Map.of("rate", 2, "learning_share", 0.7)))
                .isEqualTo(new LearnedSteps(2, 0.7));
        assertThatThrownBy(() -> new LearnedRanges(1, 1.1))
                .isInstanceOf(TinytuneException.class)
                .hasMessage("the learning share of epochs 1.1: give 0 to 1");
        assertThatThrownBy(() -> new LearnedSteps(0, 1)).isInstanceOf(TinytuneException.class);
    }
}
