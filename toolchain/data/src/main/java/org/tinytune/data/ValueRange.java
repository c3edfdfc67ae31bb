package org.tinytune.data;

/**
 * A range of raw values, both ends included.
 *
 * @param min finite
 * @param max finite, not below {@code min}
 */
public record ValueRange(float min, float max) {
    /** Of unsigned bytes. */
    public static final ValueRange BYTES = new ValueRange(0, 255);

    /**
     * Checks the ends.
     *
     * @throws IllegalArgumentException if an end is not finite or they are the wrong way round
     */
    public ValueRange {
        if (!Float.isFinite(min) || !Float.isFinite(max) || min > max) {
            throw new IllegalArgumentException("[" + min + ", " + max + "] is no range");
        }
    }

    /** Whether the value lies in the range; never true of NaN. */
    public boolean contains(float value) {
        return value >= min && value <= max;
    }
}
