package org.tinytune.train.quantize;

import org.tinytune.train.settings.Registry;

/** The calibration methods by name. */
public final class CalibrationMethods {
    /** What is right for most networks. */
    public static final CalibrationMethod STANDARD = new LeastSquaredError();

    /** All of them, with their usual settings. */
    public static final Registry<CalibrationMethod> ALL = new Registry<CalibrationMethod>("calibration method")
            .add("mse", STANDARD)
            .add("min-max", new MinMax())
            .add("percentile", Percentile.standard());

    private CalibrationMethods() {}
}
