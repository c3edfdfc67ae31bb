package org.tinytune.core.op.resizenearestneighbor;

import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.RowKernel;
import org.tinytune.core.graph.Rows;
import org.tinytune.core.op.Int16Tensors;
import org.tinytune.core.op.Int8Tensors;
import org.tinytune.core.tensor.Shape;

/**
 * {@code RESIZE_NEAREST_NEIGHBOR} in int8 or int16: copies of pixels.
 *
 * <p>Source: tensorflow:lite/kernels/internal/reference/resize_nearest_neighbor.h, ResizeNearestNeighbor. Checked by:
 * ResizeNearestNeighborTest, OperatorDifferentialTest.
 */
public final class ResizeNearestNeighborKernel implements RowKernel {
    private final int pixelBytes;
    private final int[] rows;
    private final int[] columns;

    private ResizeNearestNeighborKernel(ResizeNearestNeighborParams params, Operands operands) {
        Shape input = Int16Tensors.activationOfEither(operands.input(0)).shape();
        Int16Tensors.activationOfEither(operands.output());
        Int8Tensors.requireSameQuantization(operands);
        pixelBytes = input.dim(3) * operands.output().type().bytes();
        rows = nearest(params, input.dim(1), params.height());
        columns = nearest(params, input.dim(2), params.width());
    }

    /** Checks the operands and finds the nearest pixels. */
    public static ResizeNearestNeighborKernel prepare(ResizeNearestNeighborParams params, Operands operands) {
        return new ResizeNearestNeighborKernel(params, operands);
    }

    private static int[] nearest(ResizeNearestNeighborParams params, int inputSize, int outputSize) {
        int[] nearest = new int[outputSize];
        for (int i = 0; i < outputSize; i++) {
            nearest[i] = params.nearest(i, inputSize, outputSize);
        }
        return nearest;
    }

    /** The input's row of each row of the output. */
    public int[] rows() {
        return rows.clone();
    }

    /** The input's column of each column of the output. */
    public int[] columns() {
        return columns.clone();
    }

    @Override
    public void run(Rows[] inputs, Rows[] outputs, int begin, int end) {
        Rows in = inputs[0];
        Rows out = outputs[0];
        for (int y = begin; y < end; y++) {
            for (int x = 0; x < columns.length; x++) {
                int from = in.at(rows[y]) + columns[x] * pixelBytes;
                System.arraycopy(in.memory(), from, out.memory(), out.at(y) + x * pixelBytes, pixelBytes);
            }
        }
    }
}
