package org.tinytune.core.vector;

/** The products in plain Java, a few columns at a time so that their chains overlap. */
final class PlainProducts {
    /** Columns that are computed together. */
    static final int COLUMNS = 4;

    private PlainProducts() {}

    /** Columns {@code j} to {@code j + used} of {@link VectorMath#product}; they lie in the panel that is named. */
    static void columns(
            float[] a,
            int aOffset,
            Patches patches,
            int rows,
            PackedMatrix b,
            int panel,
            int j,
            int used,
            float[] initial,
            float[] c,
            int cOffset) {
        int width = b.panelWidth(panel);
        int first = b.panelOffset(panel) + j - panel;
        float[] data = b.data();
        for (int i = 0; i < rows; i++) {
            float c0 = initial[j];
            float c1 = initial[j + 1];
            float c2 = initial[j + 2];
            float c3 = initial[j + 3];
            int at = first;
            for (int segment : patches.segments()) {
                int from = aOffset + patches.offsets()[i] + segment;
                for (int t = 0; t < patches.run(); t++) {
                    float v = a[from + t];
                    c0 = Fma.fma(v, data[at], c0);
                    c1 = Fma.fma(v, data[at + 1], c1);
                    c2 = Fma.fma(v, data[at + 2], c2);
                    c3 = Fma.fma(v, data[at + 3], c3);
                    at += width;
                }
            }
            int to = cOffset + patches.targets()[i] + j;
            c[to] = c0;
            if (used > 1) {
                c[to + 1] = c1;
            }
            if (used > 2) {
                c[to + 2] = c2;
            }
            if (used > 3) {
                c[to + 3] = c3;
            }
        }
    }

    /** Continues the chains of one row: {@code c[j] = fma(a[k], b[k][j], c[j])}, with the rows of b a pitch apart. */
    static void continueRow(
            float[] a, int from, int inner, float[] b, int bOffset, int pitch, int columns, float[] c, int to) {
        for (int k = 0; k < inner; k++) {
            float v = a[from + k];
            int at = bOffset + k * pitch;
            for (int j = 0; j < columns; j++) {
                c[to + j] = Fma.fma(v, b[at + j], c[to + j]);
            }
        }
    }

    /** Continues the chains of some columns of one row of {@link VectorMath#outerProducts}. */
    static void outer(
            float[] a,
            int aOffset,
            int pitch,
            float[] b,
            int from,
            int[] offsets,
            int rows,
            float[] c,
            int to,
            int used) {
        float c0 = c[to];
        float c1 = used > 1 ? c[to + 1] : 0;
        float c2 = used > 2 ? c[to + 2] : 0;
        float c3 = used > 3 ? c[to + 3] : 0;
        for (int p = 0; p < rows; p++) {
            float v = a[aOffset + p * pitch];
            int at = from + offsets[p];
            c0 = Fma.fma(v, b[at], c0);
            c1 = Fma.fma(v, b[at + 1], c1);
            c2 = Fma.fma(v, b[at + 2], c2);
            c3 = Fma.fma(v, b[at + 3], c3);
        }
        c[to] = c0;
        if (used > 1) {
            c[to + 1] = c1;
        }
        if (used > 2) {
            c[to + 2] = c2;
        }
        if (used > 3) {
            c[to + 3] = c3;
        }
    }
}
