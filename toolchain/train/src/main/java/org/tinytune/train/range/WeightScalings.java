package org.tinytune.train.range;

import org.tinytune.train.settings.Registry;

/** The ways to come by the scales of weights, by name. */
public final class WeightScalings {
    /** Scales follow the weights. */
    public static final WeightScaling MAGNITUDE = new MagnitudeScales();

    /** All of them, with their usual settings. */
    public static final Registry<WeightScaling> ALL = new Registry<WeightScaling>("weight scaling")
            .add("magnitude", MAGNITUDE)
            .add("lsq", LearnedScales.standard());

    private WeightScalings() {}
}
