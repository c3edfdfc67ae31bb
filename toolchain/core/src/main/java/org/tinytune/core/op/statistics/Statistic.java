package org.tinytune.core.op.statistics;

/** What {@code STATISTICS} says of a frame, in the order of its output. */
public enum Statistic {
    /** The mean, in readings. */
    MEAN(0),
    /** The least reading. */
    MINIMUM(0),
    /** The greatest reading. */
    MAXIMUM(0),
    /** The root of the mean square, in readings; at most 32,767, as the next. */
    ROOT_MEAN_SQUARE(0),
    /** The standard deviation, with the frame's length as divisor, in readings. */
    DEVIATION(0),
    /** The third standardized moment in Q8, so in [-128, 128); 0 where all readings are equal. */
    SKEWNESS(8),
    /** The fourth standardized moment less 3 in Q8, so in [-2, 128); 0 where all readings are equal. */
    KURTOSIS(8),
    /** How often a reading above the mean follows one that is not, or the other way round. */
    CROSSINGS(0);

    private final int fractionBits;

    Statistic(int fractionBits) {
        this.fractionBits = fractionBits;
    }

    /** The output counts in units of 2 to the minus this. */
    public int fractionBits() {
        return fractionBits;
    }

    /** The bit that stands for it in a set. */
    public int mask() {
        return 1 << ordinal();
    }
}
