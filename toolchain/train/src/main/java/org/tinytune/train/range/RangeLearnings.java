package org.tinytune.train.range;

import org.tinytune.train.settings.Registry;

/** The ways to come by the ranges of activations, by name. */
public final class RangeLearnings {
    /** Ranges stay as they were calibrated. */
    public static final RangeLearning STATIC = new StaticRanges();

    /** All of them, with their usual settings. */
    public static final Registry<RangeLearning> ALL = new Registry<RangeLearning>("range learning")
            .add("static", STATIC)
            .add("ranges", LearnedRanges.standard())
            .add("lsq", LearnedSteps.standard());

    private RangeLearnings() {}
}
