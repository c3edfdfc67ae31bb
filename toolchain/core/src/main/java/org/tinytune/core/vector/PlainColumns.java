package org.tinytune.core.vector;

/** Sums by column in plain Java, from a first column on. Four chains take the rows in turn. */
final class PlainColumns {
    private PlainColumns() {}

    static void sums(float[] x, int xOffset, int rows, int columns, int first, float[] sums, int sumsOffset) {
        for (int c = first; c < columns; c++) {
            float s0 = 0;
            float s1 = 0;
            float s2 = 0;
            float s3 = 0;
            int i = xOffset + c;
            int r = 0;
            for (; r + 3 < rows; r += 4) {
                s0 += x[i];
                s1 += x[i + columns];
                s2 += x[i + 2 * columns];
                s3 += x[i + 3 * columns];
                i += 4 * columns;
            }
            if (r < rows) {
                s0 += x[i];
            }
            if (r + 1 < rows) {
                s1 += x[i + columns];
            }
            if (r + 2 < rows) {
                s2 += x[i + 2 * columns];
            }
            sums[sumsOffset + c] = (s0 + s1) + (s2 + s3);
        }
    }

    static void products(
            float[] x,
            int xOffset,
            float[] xCenter,
            float[] y,
            int yOffset,
            float[] yCenter,
            int rows,
            int columns,
            int first,
            float[] sums,
            int sumsOffset) {
        for (int c = first; c < columns; c++) {
            float xc = xCenter[c];
            float yc = yCenter == null ? 0 : yCenter[c];
            float s0 = 0;
            float s1 = 0;
            float s2 = 0;
            float s3 = 0;
            int i = xOffset + c;
            int j = yOffset + c;
            int r = 0;
            for (; r + 3 < rows; r += 4) {
                s0 = Fma.fma(x[i] - xc, y[j] - yc, s0);
                s1 = Fma.fma(x[i + columns] - xc, y[j + columns] - yc, s1);
                s2 = Fma.fma(x[i + 2 * columns] - xc, y[j + 2 * columns] - yc, s2);
                s3 = Fma.fma(x[i + 3 * columns] - xc, y[j + 3 * columns] - yc, s3);
                i += 4 * columns;
                j += 4 * columns;
            }
            if (r < rows) {
                s0 = Fma.fma(x[i] - xc, y[j] - yc, s0);
            }
            if (r + 1 < rows) {
                s1 = Fma.fma(x[i + columns] - xc, y[j + columns] - yc, s1);
            }
            if (r + 2 < rows) {
                s2 = Fma.fma(x[i + 2 * columns] - xc, y[j + 2 * columns] - yc, s2);
            }
            sums[sumsOffset + c] = (s0 + s1) + (s2 + s3);
        }
    }
}
