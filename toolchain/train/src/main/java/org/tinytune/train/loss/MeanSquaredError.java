package org.tinytune.train.loss;

/** The mean of the squared distances between outputs and targets. Checked by: LossesTest. */
public record MeanSquaredError() implements Loss {
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
            loss += distance * distance / count;
            gradient[gradientAt + i] = (float) (scale * 2 * distance / count);
        }
        return loss;
    }
}
