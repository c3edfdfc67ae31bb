package org.tinytune.train.loss;

/** The mean of the distances between outputs and targets; the gradient at distance 0 is 0. Checked by: LossesTest. */
public record MeanAbsoluteError() implements Loss {
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
            loss += Math.abs(distance) / count;
            gradient[gradientAt + i] = (float) (scale * Math.signum(distance) / count);
        }
        return loss;
    }
}
