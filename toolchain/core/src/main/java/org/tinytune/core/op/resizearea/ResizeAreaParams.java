package org.tinytune.core.op.resizearea;

import org.tinytune.core.dsp.AreaMean;
import org.tinytune.core.dsp.BoxFilter;
import org.tinytune.core.graph.InvalidModelException;

/**
 * Parameters of {@code RESIZE_AREA}: a part of an image, and what becomes of it.
 *
 * <p>An image is never made greater: a network of more pixels than there are costs more and sees no more.
 *
 * @param top rows above the part
 * @param left columns to the left of it
 * @param height of the part
 * @param width of the part
 * @param outputHeight in [1, {@code height}]
 * @param outputWidth in [1, {@code width}]
 * @param grey whether colours become their brightness
 */
public record ResizeAreaParams(
        int top, int left, int height, int width, int outputHeight, int outputWidth, boolean grey) {
    /** Of an image, in either direction. */
    public static final int MAX_EXTENT = 4096;

    /**
     * Checks the sizes.
     *
     * @throws InvalidModelException if one is out of range, or the part has too many pixels to be averaged
     */
    public ResizeAreaParams {
        if (isOutside(top, 0, MAX_EXTENT) || isOutside(left, 0, MAX_EXTENT)) {
            throw new InvalidModelException(
                    "a part that begins at row " + top + " and column " + left + ", of at most " + MAX_EXTENT);
        }
        if (isOutside(height, 1, MAX_EXTENT)
                || isOutside(width, 1, MAX_EXTENT)
                || (long) height * width > AreaMean.MAX_WEIGHTS) {
            throw new InvalidModelException("a part of " + height + " x " + width + " pixels, not of 1 to " + MAX_EXTENT
                    + " in either direction and at most " + AreaMean.MAX_WEIGHTS);
        }
        if (isOutside(outputHeight, 1, height) || isOutside(outputWidth, 1, width)) {
            throw new InvalidModelException("cannot average " + height + " x " + width + " pixels to " + outputHeight
                    + " x " + outputWidth + ": images are only made smaller");
        }
    }

    private static boolean isOutside(int value, int least, int most) {
        return value < least || value > most;
    }

    /**
     * All of an image.
     *
     * @throws InvalidModelException if a size is out of range
     */
    public static ResizeAreaParams whole(int height, int width, int outputHeight, int outputWidth, boolean grey) {
        return new ResizeAreaParams(0, 0, height, width, outputHeight, outputWidth, grey);
    }

    /**
     * The greatest part in the middle of an image that has the proportions of the output, so that nothing is distorted.
     *
     * @throws InvalidModelException if a size is out of range
     */
    public static ResizeAreaParams middle(int height, int width, int outputHeight, int outputWidth, boolean grey) {
        long tall = (long) width * Math.max(1, outputHeight) / Math.max(1, outputWidth);
        long wide = (long) height * Math.max(1, outputWidth) / Math.max(1, outputHeight);
        int partHeight = (int) Math.min(height, tall);
        int partWidth = (int) Math.min(width, wide);
        return new ResizeAreaParams(
                (height - partHeight) / 2,
                (width - partWidth) / 2,
                partHeight,
                partWidth,
                outputHeight,
                outputWidth,
                grey);
    }

    /** How rows are averaged. */
    public BoxFilter rows() {
        return BoxFilter.of(height, outputHeight);
    }

    /** How columns are averaged. */
    public BoxFilter columns() {
        return BoxFilter.of(width, outputWidth);
    }

    /** The weights of all pixels that one of the output is made of, at most as many as the part has pixels. */
    public int weights() {
        return rows().span() * columns().span();
    }

    /** How sums become means. */
    public AreaMean mean() {
        return AreaMean.of(weights());
    }
}
