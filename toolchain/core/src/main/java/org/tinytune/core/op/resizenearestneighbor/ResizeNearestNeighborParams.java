package org.tinytune.core.op.resizenearestneighbor;

import org.tinytune.core.graph.InvalidModelException;

/**
 * Parameters of {@code RESIZE_NEAREST_NEIGHBOR}.
 *
 * @param height of the output
 * @param width of the output
 * @param alignCorners whether the first and last pixels of input and output lie over each other
 * @param halfPixelCenters whether pixels are taken at their centres
 */
public record ResizeNearestNeighborParams(int height, int width, boolean alignCorners, boolean halfPixelCenters) {
    /** Checks the sizes. */
    public ResizeNearestNeighborParams {
        if (height < 1 || width < 1) {
            throw new InvalidModelException("cannot resize an image to " + height + " x " + width);
        }
    }

    /**
     * The input's row or column that a row or column of the output is a copy of, in float as the reference has it.
     *
     * <p>Source: tensorflow:lite/kernels/internal/reference/resize_nearest_neighbor.h, GetNearestNeighbor. Checked by:
     * OperatorDifferentialTest.
     *
     * @param index in the output
     * @param inputSize rows or columns of the input
     * @param outputSize rows or columns of the output
     */
    int nearest(int index, int inputSize, int outputSize) {
        boolean spread = alignCorners && outputSize > 1;
        float scale = spread ? (inputSize - 1) / (float) (outputSize - 1) : inputSize / (float) outputSize;
        float position = (index + (halfPixelCenters ? 0.5f : 0)) * scale;
        double whole = Math.floor(alignCorners ? position + 0.5 : position);
        return (int) Math.min(whole, inputSize - 1);
    }
}
