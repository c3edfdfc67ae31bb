package org.tinytune.train.range;

import org.tinytune.core.quant.Quantization;
import org.tinytune.train.settings.Settings;

/**
 * The scale s of an activation is learned, and the zero point z stays: {@code ∂x̂/∂s = round(x/s) - x/s} inside, and
 * {@code -128 - z} or {@code 127 - z} for values that are cut off. The gradient is scaled by {@code 1 / √(N · 127)} for
 * N elements of a sample.
 *
 * <p>Source: Esser et al., "Learned Step Size Quantization", ICLR 2020, equation 3 and section 2.2, with the ends of a
 * quantizer that is not symmetric, as in Bhalgat et al., "LSQ+: Improving Low-Bit Quantization through Learnable
 * Offsets and Better Initialization", CVPR workshops 2020. Checked by: RangeLearningTest, StepExactnessTest.
 *
 * @param rate factor of the learning rate, above 0
 * @param learningShare in [0, 1]
 */
public record LearnedSteps(double rate, double learningShare) implements RangeLearning {
    /** Checks the ranges. */
    public LearnedSteps {
        Settings.requirePositive("the step size learning rate factor", rate);
        LearnedFactor.requireShare(learningShare);
    }

    /** Learns to the end, as in the source. */
    public static LearnedSteps standard() {
        return new LearnedSteps(LearnedFactor.USUAL_RATE, 1);
    }

    @Override
    public int numbers() {
        return 1;
    }

    @Override
    public Quantization quantization(Quantization start, float[] learned, int at) {
        double scale = start.scale() * LearnedFactor.of(learned[at], rate);
        return Quantization.perTensor((float) scale, start.zeroPoint());
    }

    @Override
    public void addGradient(Quantization now, Sums sums, int elements, float[] gradient, int at) {
        double low = (double) Byte.MIN_VALUE - now.zeroPoint();
        double high = (double) Byte.MAX_VALUE - now.zeroPoint();
        double ofScale = low * sums.low() + sums.inside() + high * sums.high();
        double factor = 1 / Math.sqrt((double) elements * Byte.MAX_VALUE);
        gradient[at] += (float) (rate * factor * now.scale() * ofScale);
    }
}
