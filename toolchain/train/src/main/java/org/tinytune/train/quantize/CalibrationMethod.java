package org.tinytune.train.quantize;

import org.tinytune.train.range.RealRange;

/**
 * How the range of an activation is chosen from the values that calibration has seen. What lies beyond is cut off, and
 * what lies within is rounded to one of 256 steps, so a range is a bargain between the two.
 */
@FunctionalInterface
public interface CalibrationMethod {
    /** The range, which always holds 0. */
    RealRange range(Histogram values);
}
