package org.tinytune.train.range;

import org.tinytune.core.quant.Quantization;
import org.tinytune.train.settings.Settings;

/**
 * Both ends of a range are learned, and with them the zero point. With {@code x̂ = min + s · round((x - min) / s)} and
 * {@code s = (max - min) / 255}, the derivatives are 1 for the end that a value is cut off at, and by rounding r, in
 * steps, {@code r / 255} and {@code -r / 255} for max and min. An end at 0, as a ReLU has it, stays there.
 *
 * <p>Source: Choi et al., "PACT: Parameterized Clipping Activation for Quantized Neural Networks", 2018, section 3, for
 * a learned end; Jain et al., MLSys 2020 (see {@link RangeLearning}), equations 6 to 8, for what lies inside; Jacob et
 * al., "Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference", CVPR 2018,
 * section 3.1, for ranges that settle before training ends. Checked by: RangeLearningTest, StepExactnessTest.
 *
 * @param rate factor of the learning rate, above 0
 * @param learningShare in [0, 1]
 */
public record LearnedRanges(double rate, double learningShare) implements RangeLearning {
    private static final double STEPS = 255;

    /** Checks the ranges. */
    public LearnedRanges {
        Settings.requirePositive("the range learning rate factor", rate);
        LearnedFactor.requireShare(learningShare);
    }

    /** Learns in the first half. */
    public static LearnedRanges standard() {
        return new LearnedRanges(LearnedFactor.USUAL_RATE, 0.5);
    }

    @Override
    public int numbers() {
        return 2;
    }

    @Override
    public Quantization quantization(Quantization start, float[] learned, int at) {
        if (learned[at] == 0 && learned[at + 1] == 0) {
            return start;
        }
        double min = min(start) * LearnedFactor.of(learned[at], rate);
        double max = max(start) * LearnedFactor.of(learned[at + 1], rate);
        return RealRange.of((float) min, (float) max).int8();
    }

    @Override
    public void addGradient(Quantization now, Sums sums, int elements, float[] gradient, int at) {
        gradient[at] += (float) (rate * min(now) * (sums.low() - sums.inside() / STEPS));
        gradient[at + 1] += (float) (rate * max(now) * (sums.high() + sums.inside() / STEPS));
    }

    private static double min(Quantization quantization) {
        return quantization.dequantize(Byte.MIN_VALUE);
    }

    private static double max(Quantization quantization) {
        return quantization.dequantize(Byte.MAX_VALUE);
    }
}
