package org.tinytune.data.feature;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Rows of bytes, each that of a window. Threads may write rows and read others at the same time.
 *
 * @param rowBytes at least 1
 * @param rowsInBlock rows of every block, but perhaps the last
 * @param blocks on the heap or mapped; of whole rows
 */
record FeatureRows(int rowBytes, int rowsInBlock, List<ByteBuffer> blocks) {
    FeatureRows {
        blocks = List.copyOf(blocks);
    }

    /** Keeps a copy. */
    void put(int row, byte[] values) {
        block(row).put(at(row), values, 0, rowBytes);
    }

    byte[] get(int row) {
        byte[] values = new byte[rowBytes];
        block(row).get(at(row), values);
        return values;
    }

    private ByteBuffer block(int row) {
        return blocks.get(row / rowsInBlock);
    }

    private int at(int row) {
        return row % rowsInBlock * rowBytes;
    }
}
