package org.tinytune.train.quantize;

import org.tinytune.train.range.RealRange;

/**
 * The range of all values: nothing is cut off, and one value far out makes the steps of all coarse.
 *
 * <p>Source: Jacob et al., "Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only
 * Inference", CVPR 2018, section 3. Checked by: CalibrationMethodsTest.
 */
public record MinMax() implements CalibrationMethod {
    @Override
    public RealRange range(Histogram values) {
        return values.whole();
    }
}
