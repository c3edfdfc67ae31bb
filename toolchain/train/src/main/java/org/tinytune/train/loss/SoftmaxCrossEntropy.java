package org.tinytune.train.loss;

import org.tinytune.train.settings.Settings;

/**
 * The cross-entropy between targets and the softmax of logits: {@code -Σ t · log p}, with the gradient {@code p - t}.
 *
 * <p>With label smoothing, a target is {@code (1 - smoothing) · t + smoothing / classes}. With class weights u, the
 * loss is {@code -Σ u · t · log p}, with the gradient {@code p · Σ(u · t) - u · t}.
 *
 * <p>Source: Szegedy et al., "Rethinking the Inception Architecture for Computer Vision", CVPR 2016, section 7. Checked
 * by: LossesTest.
 *
 * @param smoothing in [0, 1)
 * @param weights of the classes
 */
public record SoftmaxCrossEntropy(double smoothing, ClassWeights weights) implements Loss {
    /** Checks the range. */
    public SoftmaxCrossEntropy {
        Settings.requireShare("label smoothing", smoothing);
    }

    /** With equal weights. */
    public SoftmaxCrossEntropy(double smoothing) {
        this(smoothing, ClassWeights.NONE);
    }

    @Override
    public boolean onLogits() {
        return true;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Before that, balanced weights are not known yet, and count as equal.
     */
    @Override
    public Loss forClasses(int[] samples) {
        return new SoftmaxCrossEntropy(smoothing, weights.resolved(samples));
    }

    @Override
    public double compute(
            float[] outputs,
            int at,
            float[] targets,
            int targetsAt,
            int count,
            float scale,
            float[] gradient,
            int gradientAt) {
        float greatest = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            greatest = Math.max(greatest, outputs[at + i]);
        }
        double sum = 0;
        for (int i = 0; i < count; i++) {
            float power = (float) StrictMath.exp((double) outputs[at + i] - greatest);
            gradient[gradientAt + i] = power;
            sum += power;
        }
        double logSum = StrictMath.log(sum);
        double total = totalTarget(targets, targetsAt, count);
        double loss = 0;
        for (int i = 0; i < count; i++) {
            double target = target(i, targets, targetsAt, count);
            loss -= target * ((double) outputs[at + i] - greatest - logSum);
            gradient[gradientAt + i] = (float) (scale * (gradient[gradientAt + i] / sum * total - target));
        }
        return loss;
    }

    /** Smoothed and weighted. */
    private double target(int i, float[] targets, int targetsAt, int count) {
        double target = (1 - smoothing) * targets[targetsAt + i] + smoothing / count;
        return weights.values().isEmpty() ? target : weights.values().get(i) * target;
    }

    /** The sum of the targets: 1 where classes count the same. */
    private double totalTarget(float[] targets, int targetsAt, int count) {
        if (weights.values().isEmpty()) {
            return 1;
        }
        double total = 0;
        for (int i = 0; i < count; i++) {
            total += target(i, targets, targetsAt, count);
        }
        return total;
    }
}
