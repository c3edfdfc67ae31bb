package org.tinytune.core.vector;

/**
 * A matrix {@code [K, N]} as the product kernels read it: panels of 16 columns, the last one of 8 if that is enough,
 * each with its rows one behind the other, so that the inner loop reads ahead and nothing else. Columns past {@code N}
 * are 0.
 */
public final class PackedMatrix {
    /** Columns of a panel. */
    public static final int WIDE = 16;

    /** Columns of a last panel that holds no more. */
    public static final int NARROW = 8;

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
            for (int n = 0; n < used; n++) {
                for (int k = 0; k < count; k++) {
                    data[to + k * width + n] = source[from + n * columnStride + k * rowStride];
                }
            }
        }
    }
}
