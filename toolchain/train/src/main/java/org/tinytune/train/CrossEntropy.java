package org.tinytune.train;

/**
 * Softmax cross-entropy on logits, with label smoothing: the target of the right class is {@code 1 - s + s / classes},
 * of the others {@code s / classes}. Keeps the last sample's probabilities, so it serves one thread.
 *
 * <p>Source: Szegedy et al., Rethinking the Inception architecture for computer vision, CVPR 2016, section 7. Checked
 * by: CrossEntropyTest.
 */
final class CrossEntropy {
    private final int classes;
    private final double smoothing;
    private final double[] logarithms;

    /** @param smoothing {@code s} in [0, 1) */
    CrossEntropy(int classes, double smoothing) {
        this.classes = classes;
        this.smoothing = smoothing;
        this.logarithms = new double[classes];
    }

    /**
     * The loss of one sample.
     *
     * @param logits values from {@code offset} on: real is {@code scale · (value - zeroPoint)}
     * @param target the right class
     */
    double loss(float[] logits, int offset, double scale, int zeroPoint, int target) {
        double max = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < classes; c++) {
            logarithms[c] = scale * (logits[offset + c] - zeroPoint);
            max = Math.max(max, logarithms[c]);
        }
        double sum = 0;
        for (int c = 0; c < classes; c++) {
            sum += StrictMath.exp(logarithms[c] - max);
        }
        double logSum = max + StrictMath.log(sum);
        double loss = 0;
        for (int c = 0; c < classes; c++) {
            logarithms[c] -= logSum;
            loss -= wanted(c, target) * logarithms[c];
        }
        return loss;
    }

    /**
     * The gradient of the real logits of the sample whose loss was last taken.
     *
     * @param into receives it from {@code offset} on
     * @param weight usually 1 / samples of the batch
     */
    void gradient(int target, float[] into, int offset, double weight) {
        for (int c = 0; c < classes; c++) {
            into[offset + c] = (float) ((StrictMath.exp(logarithms[c]) - wanted(c, target)) * weight);
        }
    }

    private double wanted(int c, int target) {
        return smoothing / classes + (c == target ? 1 - smoothing : 0);
    }
}
