package org.tinytune.train.loss;

import org.tinytune.train.settings.Settings;

/**
 * The mean over the outputs of Huber's loss, a square near the target and a straight line away from it: {@code d² / 2}
 * where the distance d is at most delta, otherwise {@code delta · (d - delta / 2)}.
 *
 * <p>Source: Huber, "Robust Estimation of a Location Parameter", Annals of Mathematical Statistics 35, 1964, section 1.
 * Checked by: LossesTest.
 *
 * @param delta where the square ends, above 0
 */
public record Huber(double delta) implements Loss {
    /** Checks the range. */
    public Huber {
        Settings.requirePositive("the delta of the Huber loss", delta);
    }

    /** For targets with a deviation about 1. Source: pytorch:torch/nn/modules/loss.py, HuberLoss. */
    public static Huber standard() {
        return new Huber(1);
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
            double distance = (double) outputs[at + i] - targets[targetsAt + i];
            double magnitude = Math.abs(distance);
            loss += (magnitude <= delta ? distance * distance / 2 : delta * (magnitude - delta / 2)) / count;
            gradient[gradientAt + i] = (float) (scale * Math.max(-delta, Math.min(delta, distance)) / count);
        }
        return loss;
    }
}
