package org.tinytune.train.range;

import org.tinytune.train.settings.Settings;

/** A factor whose logarithm is learned. */
final class LearnedFactor {
    /**
     * A step of Adam changes a number by about the learning rate: ten times that is what a weight, commonly about a
     * tenth, changes by as a part of itself.
     */
    static final double USUAL_RATE = 10;

    /** No quantization gets so far that its multipliers would not fit any more. */
    private static final double BOUND = 4;

    private LearnedFactor() {}

    /** The factor, in [e^-4, e^4]. */
    static double of(float learned, double rate) {
        return StrictMath.exp(Math.max(-BOUND, Math.min(BOUND, rate * learned)));
    }

    static void requireShare(double share) {
        Settings.require(share >= 0 && share <= 1, "the learning share of epochs", share, "0 to 1");
    }
}
