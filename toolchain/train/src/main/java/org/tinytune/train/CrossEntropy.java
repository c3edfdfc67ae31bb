package org.tinytune.train;

/**
 * Softmax cross-entropy on logits, with label smoothing: the target of the right class is {@code 1 - s + s / classes},
 * of the others {@code s / classes}.
 *
 * <p>Source: Szegedy et al., Rethinking the Inception architecture for computer vision, CVPR 2016, section 7. Checked
 * by: CrossEntropyTest.
 */
final class CrossEntropy {
    private final int classes;
    private final double smoothing;
    private final double[] exponentials;

    /** @param smoothing {@code s} in [0, 1) */
    CrossEntropy(int classes, double smoothing) {
        this.classes = classes;
        this.smoothing = smoothing;
        this.exponentials = new double[classes];
    }

    /**
     * The loss of one sample, and its gradient.
     *
     * @param logits values at {@code offset}, real or stored with a scale and a zero point
     * @param scale of the logits; 1 for real ones
     * @param zeroPoint of the logits; 0 for real ones
     * @param target the right class
     * @param gradient receives the gradient of the real logits at {@code offset}, times {@code weight}; {@code null} if
     *     nobody needs it
     * @param weight usually 1 / samples of the batch
     */
    double of(float[] logits, int offset, double scale, int zeroPoint, int target, float[] gradient, double weight) {
        double max = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < classes; c++) {
            max = Math.max(max, scale * (logits[offset + c] - zeroPoint));
        }
        double sum = 0;
        for (int c = 0; c < classes; c++) {
            exponentials[c] = StrictMath.exp(scale * (logits[offset + c] - zeroPoint) - max);
            sum += exponentials[c];
        }
        double logSum = StrictMath.log(sum);
        double loss = 0;
        for (int c = 0; c < classes; c++) {
            double wanted = smoothing / classes + (c == target ? 1 - smoothing : 0);
            loss -= wanted * (scale * (logits[offset + c] - zeroPoint) - max - logSum);
            if (gradient != null) {
                gradient[offset + c] = (float) ((exponentials[c] / sum - wanted) * weight);
            }
        }
        return loss;
    }
}
