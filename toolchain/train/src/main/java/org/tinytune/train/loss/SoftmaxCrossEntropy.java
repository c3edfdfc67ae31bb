package org.tinytune.train.loss;

/**
 * The cross-entropy between targets and the softmax of logits: {@code -Σ t · log p}, with the gradient {@code p - t}.
 *
 * <p>With label smoothing, a target is {@code (1 - smoothing) · t + smoothing / classes}.
 *
 * <p>Source: Szegedy et al., "Rethinking the Inception Architecture for Computer Vision", CVPR 2016, section 7.
 *
 * @param smoothing in [0, 1)
 */
public record SoftmaxCrossEntropy(double smoothing) implements Loss {
    /** Checks the range. */
    public SoftmaxCrossEntropy {
        if (!(smoothing >= 0 && smoothing < 1)) {
            throw new IllegalArgumentException("label smoothing " + smoothing + " is not in [0, 1)");
        }
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
        double loss = 0;
        for (int i = 0; i < count; i++) {
            double target = (1 - smoothing) * targets[targetsAt + i] + smoothing / count;
            loss -= target * ((double) outputs[at + i] - greatest - logSum);
            gradient[gradientAt + i] = (float) (scale * (gradient[gradientAt + i] / sum - target));
        }
        return loss;
    }
}
