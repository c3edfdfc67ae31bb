package org.tinytune.core.graph;

/**
 * An int8 tensor, or one of int16 or a state of any type in little endian, as a kernel sees it: rows in a block of
 * memory, possibly a ring that holds the latest few.
 *
 * @param memory the arena, or a constant's bytes
 * @param offset of the tensor's first byte
 * @param rowBytes bytes of one row
 * @param ringRows how many rows are held; row {@code y} lies at slot {@code y mod ringRows}
 */
public record Rows(byte[] memory, int offset, int rowBytes, int ringRows) {
    /** A tensor that is held whole. */
    public static Rows whole(byte[] memory, int offset, Tensor tensor) {
        return new Rows(memory, offset, tensor.rowBytes(), tensor.shape().rows());
    }

    /** Where row {@code y} begins in {@link #memory}. */
    public int at(int y) {
        return offset + y % ringRows * rowBytes;
    }
}
