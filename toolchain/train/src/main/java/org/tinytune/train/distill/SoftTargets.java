package org.tinytune.train.distill;

/**
 * The teacher's part of the loss, {@code α · T² · KL(p || q)} with {@code p = softmax(teacher / T)} and {@code q =
 * softmax(student / T)}, of which the gradient is {@code α · T · (q - p)}. T² keeps the gradient's size where the
 * temperature changes. Stateless, so threads may share it.
 *
 * <p>Source: Hinton, Vinyals and Dean, "Distilling the Knowledge in a Neural Network", 2015, section 2 and equation 2.
 * Checked by: SoftTargetsTest.
 */
public final class SoftTargets {
    private final double alpha;
    private final double temperature;

    /** With these settings. */
    public SoftTargets(DistillationSettings settings) {
        this.alpha = settings.alpha();
        this.temperature = settings.temperature();
    }

    /** What is left to labels. */
    public double shareOfLabels() {
        return 1 - alpha;
    }

    /** The teacher's part of the loss of logits that are all the same, at most: it is sure of a class. */
    public double greatestLossOfNothing(int classes) {
        return alpha * temperature * temperature * StrictMath.log(classes);
    }

    /**
     * Adds the gradient of a sample.
     *
     * @param student real logits, from {@code at} on
     * @param teacher real logits, from {@code teacherAt} on
     * @param count logits of a sample
     * @param scale factor of the gradient: one over the size of the batch
     * @param gradient of the student's logits, from {@code gradientAt} on
     * @return the teacher's part of the loss, not scaled
     */
    public double add(
            float[] student,
            int at,
            float[] teacher,
            int teacherAt,
            int count,
            double scale,
            float[] gradient,
            int gradientAt) {
        double studentNorm = logSum(student, at, count);
        double teacherNorm = logSum(teacher, teacherAt, count);
        double divergence = 0;
        for (int i = 0; i < count; i++) {
            double logQ = student[at + i] / temperature - studentNorm;
            double logP = teacher[teacherAt + i] / temperature - teacherNorm;
            double p = StrictMath.exp(logP);
            divergence += p * (logP - logQ);
            gradient[gradientAt + i] += (float) (scale * alpha * temperature * (StrictMath.exp(logQ) - p));
        }
        return alpha * temperature * temperature * divergence;
    }

    /** The logarithm of the sum of the powers of logits over the temperature. */
    private double logSum(float[] logits, int at, int count) {
        double greatest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            greatest = Math.max(greatest, logits[at + i] / temperature);
        }
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += StrictMath.exp(logits[at + i] / temperature - greatest);
        }
        return greatest + StrictMath.log(sum);
    }
}
