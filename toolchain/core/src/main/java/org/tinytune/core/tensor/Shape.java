package org.tinytune.core.tensor;

import java.util.Arrays;

/**
 * The extents of a tensor, outermost first. Images are {@code [N, H, W, C]}, vectors {@code [N, C]}.
 *
 * <p>A <em>row</em> is what kernels, plans and streaming count in: all of {@code [W, C]} at one {@code y} of a rank-4
 * tensor; a tensor of any other rank is one row.
 */
public final class Shape {
    private static final int MAX_RANK = 8;

    private final int[] dims;
    private final int elements;

    private Shape(int[] dims) {
        if (dims.length > MAX_RANK) {
            throw new IllegalArgumentException("rank " + dims.length + " is above " + MAX_RANK);
        }
        long product = 1;
        for (int d : dims) {
            if (d < 1) {
                throw new IllegalArgumentException("extent " + d + " in shape " + Arrays.toString(dims));
            }
            product *= d;
            if (product > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("shape " + Arrays.toString(dims) + " has 2^31 elements or more");
            }
        }
        this.dims = dims;
        this.elements = Math.toIntExact(product);
    }

    /**
     * A shape with these extents; none for a scalar.
     *
     * @throws IllegalArgumentException if an extent is below 1, the rank above 8, or the product above 2^31 - 1
     */
    public static Shape of(int... dims) {
        return new Shape(dims.clone());
    }

    /** The number of extents. */
    public int rank() {
        return dims.length;
    }

    /** Extent {@code i}; a negative {@code i} counts from the last, as in {@code dim(-1)} for the channels. */
    public int dim(int i) {
        return dims[i < 0 ? dims.length + i : i];
    }

    /** A copy of the extents. */
    public int[] dims() {
        return dims.clone();
    }

    /** The product of the extents; 1 for a scalar. */
    public int elements() {
        return elements;
    }

    /** Rows of one sample: {@code H} of a rank-4 tensor, otherwise 1. */
    public int rows() {
        return dims.length == 4 ? dims[1] : 1;
    }

    /** Elements of one row: {@code W * C} of a rank-4 tensor, otherwise all. */
    public int rowElements() {
        return dims.length == 4 ? dims[2] * dims[3] : elements;
    }

    /** The same shape with the outermost extent replaced. */
    public Shape withBatch(int batch) {
        int[] copy = dims.clone();
        copy[0] = batch;
        return new Shape(copy);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape shape && Arrays.equals(dims, shape.dims);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(dims);
    }

    /** As in {@code [1, 8, 8, 16]}. */
    @Override
    public String toString() {
        return Arrays.toString(dims);
    }
}
