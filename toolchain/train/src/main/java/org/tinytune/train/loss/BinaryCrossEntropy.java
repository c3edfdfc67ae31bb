package org.tinytune.train.loss;

import org.tinytune.core.op.Probabilities;

/**
 * The mean over the outputs of the cross-entropy between a target in [0, 1] and the sigmoid of a logit: {@code -t · log
 * p - (1 - t) · log(1 - p)}, with the gradient {@code p - t}. Each output is a yes or no of its own. Where a
 * {@link Probabilities} operator ends the network, the loss looks at its input.
 *
 * <p>Computed as {@code max(z, 0) - z · t + log(1 + e^-|z|)}, which never overflows.
 *
 * <p>Source: Bishop, "Pattern Recognition and Machine Learning", 2006, equation 4.90. Checked by: LossesTest.
 */
public record BinaryCrossEntropy() implements Loss {
    @Override
    public boolean onLogits() {
        return true;
    }

    @Override
    public boolean independentOutputs() {
        return true;
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
        double loss = 0;
        for (int i = 0; i < count; i++) {
            double logit = outputs[at + i];
            double target = targets[targetsAt + i];
            double power = StrictMath.exp(-Math.abs(logit));
            double probability = (logit >= 0 ? 1 : power) / (1 + power);
            loss += (Math.max(logit, 0) - logit * target + StrictMath.log1p(power)) / count;
            gradient[gradientAt + i] = (float) (scale * (probability - target) / count);
        }
        return loss;
    }
}
