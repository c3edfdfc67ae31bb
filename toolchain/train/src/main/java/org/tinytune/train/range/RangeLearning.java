package org.tinytune.train.range;

import org.tinytune.core.quant.Quantization;

/**
 * How the quantization of activations is learned by gradient, along with the weights. Every step computes the exact
 * integers of the quantization that it begins with; the next one begins with another.
 *
 * <p>What is learned is the logarithm of a factor, 0 to begin with: a step of an optimizer then changes large and small
 * ranges by the same part, and neither can turn negative.
 *
 * <p>Moving averages of least and greatest values, the other way to follow a range, would be of no use here: an exact
 * forward pass shows values after they are cut off, so that a range could only shrink.
 *
 * <p>Source: Jain et al., "Trained Quantization Thresholds for Accurate and Efficient Fixed-Point Inference of Deep
 * Neural Networks", MLSys 2020, section 3 and appendix B for the logarithm. Checked by: RangeLearningTest.
 */
public interface RangeLearning {
    /** How many numbers are learned of each activation; 0 for none. */
    int numbers();

    /** The share of the epochs in integers that learn, in [0, 1]; in the others, quantization is frozen. */
    double learningShare();

    /**
     * The quantization that was learned.
     *
     * @param start what learning began with, which all zeros stand for
     * @param learned the numbers, from {@code at} on
     */
    Quantization quantization(Quantization start, float[] learned, int at);

    /**
     * Adds the gradient of the numbers.
     *
     * @param now the quantization of the step
     * @param sums of the gradients of outputs
     * @param elements of a sample
     * @param gradient of the numbers, from {@code at} on
     */
    void addGradient(Quantization now, Sums sums, int elements, float[] gradient, int at);

    /**
     * The gradients dy of outputs, summed up by what has become of them.
     *
     * @param low of those cut off below, at -128
     * @param inside of all others, each times what rounding has changed the output by, in steps
     * @param high of those cut off above, at 127
     */
    record Sums(double low, double inside, double high) {}
}
