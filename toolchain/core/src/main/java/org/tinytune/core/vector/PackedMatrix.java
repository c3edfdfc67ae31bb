package org.tinytune.core.vector;

/**
 * A matrix {@code [K, N]} as the product kernels read it: panels of two vectors of columns, the last one of one if that
 * is enough, each with its rows one behind the other, so that the inner loop reads ahead and nothing else. Columns past
 * {@code N} are 0.
 */
public final class PackedMatrix {
    /** Columns of a last panel that holds no more. */
    public static final int NARROW = VectorProvider.lanes();

    /** Columns of a panel. */
    public static final int WIDE = 2 * NARROW;

    private static final int BLOCK = 64;

    private final int rows;
    private final int columns;
    private final float[] data;

    /** A matrix of zeros. */
    public PackedMatrix(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
        this.data = new float[Math.multiplyExact(rows, paddedColumns(columns))];
    }

    /** The columns of all panels. */
    public static int paddedColumns(int columns) {
        return (columns + NARROW - 1) / NARROW * NARROW;
    }

    /** {@code K}. */
    public int rows() {
        return rows;
    }

    /** {@code N}. */
    public int columns() {
        return columns;
    }

    /** Columns of the panel that begins with a column, a multiple of {@link #WIDE}. */
    int panelWidth(int column) {
        return columns - column <= NARROW ? NARROW : WIDE;
    }

    /** Where the panel that begins with a column begins in {@link #data}. */
    int panelOffset(int column) {
        return column * rows;
    }

    /** The panels. */
    float[] data() {
        return data;
    }

    /**
     * Sets some rows.
     *
     * @param firstRow the first of them
     * @param count how many they are
     * @param source element {@code (k, n)} of them is at {@code offset + k · rowStride + n · columnStride}
     */
    public void set(int firstRow, int count, float[] source, int offset, int rowStride, int columnStride) {
        for (int panel = 0; panel < columns; panel += WIDE) {
            int width = panelWidth(panel);
            int used = Math.min(width, columns - panel);
            int to = panelOffset(panel) + firstRow * width;
            int from = offset + panel * columnStride;
            if (columnStride == 1) {
                for (int k = 0; k < count; k++) {
                    System.arraycopy(source, from + k * rowStride, data, to + k * width, used);
                }
                continue;
            }
            // As many rows at a time as a cache holds while they are filled column by column.
            for (int k = 0; k < count; k += BLOCK) {
                int end = Math.min(count, k + BLOCK);
                for (int n = 0; n < used; n++) {
                    setColumn(to + n, width, k, end, source, from + n * columnStride, rowStride);
                }
            }
        }
    }

    private void setColumn(int to, int width, int begin, int end, float[] source, int from, int stride) {
        for (int k = begin; k < end; k++) {
            data[to + k * width] = source[from + k * stride];
        }
    }

    /**
     * Sets some columns.
     *
     * @param first the first of them
     * @param count how many they are
     * @param source column n of them is at {@code offset + n · rows}, its elements one behind the other
     */
    public void setColumns(int first, int count, float[] source, int offset) {
        for (int n = 0; n < count; n++) {
            int panel = (first + n) / WIDE * WIDE;
            int width = panelWidth(panel);
            int to = panelOffset(panel) + first + n - panel;
            int from = offset + n * rows;
            for (int k = 0; k < rows; k++) {
                data[to + k * width] = source[from + k];
            }
        }
    }
}
