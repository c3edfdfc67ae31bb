package org.tinytune.train.range;

import org.tinytune.train.settings.Settings;

/**
 * The scales of weights are learned: one a channel, or one for all where an operator takes no more. The gradient is
 * scaled by {@code 1 / √(N · 127)} for N weights with the same scale.
 *
 * <p>Source: Esser et al., "Learned Step Size Quantization", ICLR 2020, section 2.2. It begins with {@code 2 · mean|w|
 * / √127}, which with 8 bits would be several times the scale of the magnitude; learning begins with that instead, so
 * that nothing is cut off. Checked by: WeightScalingTest, StepExactnessTest.
 *
 * @param rate factor of the learning rate, above 0
 * @param learningShare in [0, 1]
 */
public record LearnedScales(double rate, double learningShare) implements WeightScaling {
    private static final double GREATEST_STEP = 127;

    /** Checks the ranges. */
    public LearnedScales {
        Settings.requirePositive("the weight scale learning rate factor", rate);
        LearnedFactor.requireShare(learningShare);
    }

    /** Learns to the end, as in the source. */
    public static LearnedScales standard() {
        return new LearnedScales(LearnedFactor.USUAL_RATE, 1);
    }

    @Override
    public boolean learns() {
        return true;
    }

    @Override
    public float scale(float start, float learned) {
        return (float) (start * LearnedFactor.of(learned, rate));
    }

    @Override
    public double slope(float scale, int elements) {
        return rate * scale / Math.sqrt(elements * GREATEST_STEP);
    }
}
