package org.tinytune.train.quantize;

import org.tinytune.train.range.RealRange;

/**
 * The range that quantizes the values with the least squared error, of those that scaling the whole range down gives.
 *
 * <p>Source: Sung, Shin and Hwang, "Resiliency of Deep Neural Networks under Quantization", 2015, section 3.2; Banner
 * et al., "Post Training 4-bit Quantization of Convolutional Networks for Rapid-Deployment", NeurIPS 2019, section 3.1,
 * for the two parts of the error. Checked by: HistogramTest, CalibrationMethodsTest.
 */
public record LeastSquaredError() implements CalibrationMethod {
    @Override
    public RealRange range(Histogram values) {
        return values.leastError();
    }
}
