package org.tinytune.train.quantize;

import org.tinytune.train.range.RealRange;
import org.tinytune.train.settings.Settings;

/**
 * The range that leaves out a given share of the values, those farthest out, at each end.
 *
 * <p>It is known to within a bin, a 1024th of the range of all values.
 *
 * <p>Source: Wu et al., "Integer Quantization for Deep Learning Inference: Principles and Empirical Evaluation", 2020,
 * section 4, "Percentile"; there it is one of magnitudes, since all ranges are symmetric. Checked by:
 * CalibrationMethodsTest.
 *
 * @param percent of the values that are not above the range, and likewise not below it, in (50, 100]
 */
public record Percentile(double percent) implements CalibrationMethod {
    /** Among the settings of the source, one that served all of its networks well. */
    private static final double USUAL = 99.99;

    /** Checks the range. */
    public Percentile {
        Settings.require(percent > 50 && percent <= 100, "percentile", percent, "more than 50, at most 100");
    }

    /** With the usual percentile. */
    public static Percentile standard() {
        return new Percentile(USUAL);
    }

    @Override
    public RealRange range(Histogram values) {
        return values.without((100 - percent) / 100);
    }
}
