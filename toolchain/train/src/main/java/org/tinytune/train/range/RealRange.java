package org.tinytune.train.range;

import org.tinytune.core.quant.Quantization;

/**
 * A range of real values that is to be quantized. It always holds 0, which padding and clamps need exactly.
 *
 * @param min finite, at most 0
 * @param max finite, at least 0
 */
public record RealRange(float min, float max) {
    private static final int STEPS = 255;

    /** A state has steps to spare: its range is doubled, for weights that grow after calibration. */
    private static final double STATE_HEADROOM = 2;

    /** Keeps a scale above 0 where all values are 0. */
    private static final float LEAST_EXTENT = 1e-6f;

    /** The least range that holds 0 and these. */
    public static RealRange of(float min, float max) {
        return new RealRange(Math.min(min, 0), Math.max(max, 0));
    }

    /** The quantization to int8 that uses all of int8 for the range, and has an integer for 0. */
    public Quantization int8() {
        double extent = Math.max((double) max - min, LEAST_EXTENT);
        float scale = (float) (extent / STEPS);
        double zeroPoint = StrictMath.floor(Byte.MIN_VALUE - min / (double) scale + 0.5);
        return Quantization.perTensor(scale, (int) Math.max(Byte.MIN_VALUE, Math.min(Byte.MAX_VALUE, zeroPoint)));
    }

    /** The least range that holds both. */
    public RealRange union(RealRange other) {
        return new RealRange(Math.min(min, other.min), Math.max(max, other.max));
    }

    /** The same range, or if its scale were less than that, a wider one. */
    public RealRange withScaleOfAtLeast(double scale) {
        return int8().scale() >= scale ? this : new RealRange(min, (float) (min + STEPS * scale));
    }

    /** The quantization of a state to int16: symmetric, with room for values twice as large. */
    public Quantization int16() {
        double greatest = Math.max(LEAST_EXTENT, Math.max((double) max, -(double) min));
        return Quantization.perTensor((float) (STATE_HEADROOM * greatest / Short.MAX_VALUE), 0);
    }
}
