package org.tinytune.core.vector;

/**
 * The constants of {@link VectorMath#requantize}. The lists have {@link Periodic#period} elements and are filled anew
 * when weights change.
 */
public final class RequantizeTable {
    /** The factor of each channel. */
    public final float[] scale;

    /** What is added to an accumulator before, a whole number. */
    public final float[] shift;

    /** How far from a whole number a product may be and still be rounded for certain; -1 if never. */
    public final float[] certain;

    /** Added after rounding. */
    public final float zeroPoint;

    /** The least output. */
    public final float min;

    /** The greatest output. */
    public final float max;

    /** Tables of that many channels, all to be filled. */
    public RequantizeTable(int channels, float zeroPoint, float min, float max) {
        int period = Periodic.period(channels);
        this.scale = new float[period];
        this.shift = new float[period];
        this.certain = new float[period];
        this.zeroPoint = zeroPoint;
        this.min = min;
        this.max = max;
    }
}
