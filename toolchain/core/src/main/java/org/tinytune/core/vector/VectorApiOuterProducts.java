package org.tinytune.core.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link VectorMath#outerProducts} on the Vector API. A tile of six columns of {@code a} and one or two vectors of
 * columns of {@code b} stays in registers while the inner loop runs over the rows, and is then added to the output.
 */
final class VectorApiOuterProducts {
    private static final VectorSpecies<Float> SPECIES = VectorApiMath.SPECIES;
    private static final int LANES = SPECIES.length();
    private static final int PAIR = 2 * LANES;
    private static final int COLUMNS = 6;
    private static final ThreadLocal<float[]> TILE = ThreadLocal.withInitial(() -> new float[COLUMNS * PAIR]);
    private static final ThreadLocal<float[]> TOTAL = ThreadLocal.withInitial(() -> new float[COLUMNS * PAIR]);

    private VectorApiOuterProducts() {}

    /** @param groups as {@link VectorMath#groupedOuterProducts} takes them; null for one */
    static void run(
            float[] a,
            int aOffset,
            int pitch,
            int m,
            float[] b,
            int bOffset,
            Patches patches,
            int rows,
            int[] groups,
            float[] c,
            int cOffset) {
        float[] tile = TILE.get();
        int run = patches.run();
        int elements = patches.elements();
        int count = groups == null ? 1 : groups.length;
        for (int s = 0; s < patches.segments().length; s++) {
            int from = bOffset + patches.segments()[s];
            for (int i = 0; i < m; i += COLUMNS) {
                // The last six columns, some of them for the second time, where fewer are left.
                int first = Math.max(0, Math.min(i, m - COLUMNS));
                for (int t = 0; t < run; t += PAIR) {
                    int lanes = run - t <= LANES ? LANES : PAIR;
                    float[] total = count == 1 ? tile : TOTAL.get();
                    for (int g = 0; g < count; g++) {
                        int begin = groups == null ? 0 : groups[g];
                        int end = g + 1 < count ? groups[g + 1] : rows;
                        if (m < COLUMNS) {
                            outerNarrow(a, aOffset, pitch, m, b, from + t, patches.offsets(), begin, end, lanes, tile);
                        } else if (lanes == PAIR) {
                            outerPair(a, aOffset + first, pitch, b, from + t, patches.offsets(), begin, end, tile);
                        } else {
                            outerSingle(a, aOffset + first, pitch, b, from + t, patches.offsets(), begin, end, tile);
                        }
                        if (g == 0 && count > 1) {
                            System.arraycopy(tile, 0, total, 0, COLUMNS * lanes);
                        } else if (g > 0) {
                            addTile(tile, total, COLUMNS * lanes);
                        }
                    }
                    int used = Math.min(run - t, lanes);
                    for (int r = i - first; r < Math.min(COLUMNS, m - first); r++) {
                        addRow(total, r * lanes, c, cOffset + (first + r) * elements + s * run + t, used);
                    }
                }
            }
        }
    }

    private static void addTile(float[] tile, float[] total, int count) {
        for (int i = 0; i < count; i += LANES) {
            FloatVector sum = FloatVector.fromArray(SPECIES, tile, i);
            FloatVector.fromArray(SPECIES, total, i).add(sum).intoArray(total, i);
        }
    }

    private static void addRow(float[] tile, int from, float[] c, int to, int used) {
        int j = 0;
        for (; j + LANES <= used; j += LANES) {
            FloatVector sum = FloatVector.fromArray(SPECIES, tile, from + j);
            FloatVector.fromArray(SPECIES, c, to + j).add(sum).intoArray(c, to + j);
        }
        for (; j < used; j++) {
            c[to + j] += tile[from + j];
        }
    }

    /** Fewer than six columns of a, one after the other. */
    private static void outerNarrow(
            float[] a,
            int aOffset,
            int pitch,
            int m,
            float[] b,
            int bOffset,
            int[] offsets,
            int begin,
            int end,
            int lanes,
            float[] tile) {
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < lanes; j += LANES) {
                FloatVector sum = FloatVector.zero(SPECIES);
                for (int p = begin; p < end; p++) {
                    FloatVector right = FloatVector.fromArray(SPECIES, b, bOffset + offsets[p] + j);
                    sum = FloatVector.broadcast(SPECIES, a[aOffset + p * pitch + i])
                            .fma(right, sum);
                }
                sum.intoArray(tile, i * lanes + j);
            }
        }
    }

    /** The chains of six columns of a and two vectors of columns of b, stored in the tile. */
    private static void outerPair(
            float[] a,
            int aOffset,
            int pitch,
            float[] b,
            int bOffset,
            int[] offsets,
            int begin,
            int end,
            float[] tile) {
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector x00 = zero;
        FloatVector x01 = zero;
        FloatVector x10 = zero;
        FloatVector x11 = zero;
        FloatVector x20 = zero;
        FloatVector x21 = zero;
        FloatVector x30 = zero;
        FloatVector x31 = zero;
        FloatVector x40 = zero;
        FloatVector x41 = zero;
        FloatVector x50 = zero;
        FloatVector x51 = zero;
        int p = begin;
        for (; p < end - 1; p += 2) {
            int from = aOffset + p * pitch;
            int at = bOffset + offsets[p];
            int next = from + pitch;
            int atNext = bOffset + offsets[p + 1];
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, at);
            FloatVector b1 = FloatVector.fromArray(SPECIES, b, at + LANES);
            FloatVector v0 = FloatVector.broadcast(SPECIES, a[from]);
            x00 = v0.fma(b0, x00);
            x01 = v0.fma(b1, x01);
            FloatVector v1 = FloatVector.broadcast(SPECIES, a[from + 1]);
            x10 = v1.fma(b0, x10);
            x11 = v1.fma(b1, x11);
            FloatVector v2 = FloatVector.broadcast(SPECIES, a[from + 2]);
            x20 = v2.fma(b0, x20);
            x21 = v2.fma(b1, x21);
            FloatVector v3 = FloatVector.broadcast(SPECIES, a[from + 3]);
            x30 = v3.fma(b0, x30);
            x31 = v3.fma(b1, x31);
            FloatVector v4 = FloatVector.broadcast(SPECIES, a[from + 4]);
            x40 = v4.fma(b0, x40);
            x41 = v4.fma(b1, x41);
            FloatVector v5 = FloatVector.broadcast(SPECIES, a[from + 5]);
            x50 = v5.fma(b0, x50);
            x51 = v5.fma(b1, x51);
            FloatVector b0n = FloatVector.fromArray(SPECIES, b, atNext);
            FloatVector b1n = FloatVector.fromArray(SPECIES, b, atNext + LANES);
            FloatVector v0n = FloatVector.broadcast(SPECIES, a[next]);
            x00 = v0n.fma(b0n, x00);
            x01 = v0n.fma(b1n, x01);
            FloatVector v1n = FloatVector.broadcast(SPECIES, a[next + 1]);
            x10 = v1n.fma(b0n, x10);
            x11 = v1n.fma(b1n, x11);
            FloatVector v2n = FloatVector.broadcast(SPECIES, a[next + 2]);
            x20 = v2n.fma(b0n, x20);
            x21 = v2n.fma(b1n, x21);
            FloatVector v3n = FloatVector.broadcast(SPECIES, a[next + 3]);
            x30 = v3n.fma(b0n, x30);
            x31 = v3n.fma(b1n, x31);
            FloatVector v4n = FloatVector.broadcast(SPECIES, a[next + 4]);
            x40 = v4n.fma(b0n, x40);
            x41 = v4n.fma(b1n, x41);
            FloatVector v5n = FloatVector.broadcast(SPECIES, a[next + 5]);
            x50 = v5n.fma(b0n, x50);
            x51 = v5n.fma(b1n, x51);
        }
        if (p < end) {
            int from = aOffset + p * pitch;
            int at = bOffset + offsets[p];
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, at);
            FloatVector b1 = FloatVector.fromArray(SPECIES, b, at + LANES);
            FloatVector v0 = FloatVector.broadcast(SPECIES, a[from]);
            x00 = v0.fma(b0, x00);
            x01 = v0.fma(b1, x01);
            FloatVector v1 = FloatVector.broadcast(SPECIES, a[from + 1]);
            x10 = v1.fma(b0, x10);
            x11 = v1.fma(b1, x11);
            FloatVector v2 = FloatVector.broadcast(SPECIES, a[from + 2]);
            x20 = v2.fma(b0, x20);
            x21 = v2.fma(b1, x21);
            FloatVector v3 = FloatVector.broadcast(SPECIES, a[from + 3]);
            x30 = v3.fma(b0, x30);
            x31 = v3.fma(b1, x31);
            FloatVector v4 = FloatVector.broadcast(SPECIES, a[from + 4]);
            x40 = v4.fma(b0, x40);
            x41 = v4.fma(b1, x41);
            FloatVector v5 = FloatVector.broadcast(SPECIES, a[from + 5]);
            x50 = v5.fma(b0, x50);
            x51 = v5.fma(b1, x51);
        }
        x00.intoArray(tile, 0 * LANES);
        x01.intoArray(tile, 1 * LANES);
        x10.intoArray(tile, 2 * LANES);
        x11.intoArray(tile, 3 * LANES);
        x20.intoArray(tile, 4 * LANES);
        x21.intoArray(tile, 5 * LANES);
        x30.intoArray(tile, 6 * LANES);
        x31.intoArray(tile, 7 * LANES);
        x40.intoArray(tile, 8 * LANES);
        x41.intoArray(tile, 9 * LANES);
        x50.intoArray(tile, 10 * LANES);
        x51.intoArray(tile, 11 * LANES);
    }

    /** The chains of six columns of a and one vector of columns of b, stored in the tile. */
    private static void outerSingle(
            float[] a,
            int aOffset,
            int pitch,
            float[] b,
            int bOffset,
            int[] offsets,
            int begin,
            int end,
            float[] tile) {
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector x0 = zero;
        FloatVector x1 = zero;
        FloatVector x2 = zero;
        FloatVector x3 = zero;
        FloatVector x4 = zero;
        FloatVector x5 = zero;
        int p = begin;
        for (; p < end - 1; p += 2) {
            int from = aOffset + p * pitch;
            int at = bOffset + offsets[p];
            int next = from + pitch;
            int atNext = bOffset + offsets[p + 1];
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, at);
            x0 = FloatVector.broadcast(SPECIES, a[from]).fma(b0, x0);
            x1 = FloatVector.broadcast(SPECIES, a[from + 1]).fma(b0, x1);
            x2 = FloatVector.broadcast(SPECIES, a[from + 2]).fma(b0, x2);
            x3 = FloatVector.broadcast(SPECIES, a[from + 3]).fma(b0, x3);
            x4 = FloatVector.broadcast(SPECIES, a[from + 4]).fma(b0, x4);
            x5 = FloatVector.broadcast(SPECIES, a[from + 5]).fma(b0, x5);
            FloatVector b0n = FloatVector.fromArray(SPECIES, b, atNext);
            x0 = FloatVector.broadcast(SPECIES, a[next]).fma(b0n, x0);
            x1 = FloatVector.broadcast(SPECIES, a[next + 1]).fma(b0n, x1);
            x2 = FloatVector.broadcast(SPECIES, a[next + 2]).fma(b0n, x2);
            x3 = FloatVector.broadcast(SPECIES, a[next + 3]).fma(b0n, x3);
            x4 = FloatVector.broadcast(SPECIES, a[next + 4]).fma(b0n, x4);
            x5 = FloatVector.broadcast(SPECIES, a[next + 5]).fma(b0n, x5);
        }
        if (p < end) {
            int from = aOffset + p * pitch;
            int at = bOffset + offsets[p];
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, at);
            x0 = FloatVector.broadcast(SPECIES, a[from]).fma(b0, x0);
            x1 = FloatVector.broadcast(SPECIES, a[from + 1]).fma(b0, x1);
            x2 = FloatVector.broadcast(SPECIES, a[from + 2]).fma(b0, x2);
            x3 = FloatVector.broadcast(SPECIES, a[from + 3]).fma(b0, x3);
            x4 = FloatVector.broadcast(SPECIES, a[from + 4]).fma(b0, x4);
            x5 = FloatVector.broadcast(SPECIES, a[from + 5]).fma(b0, x5);
        }
        x0.intoArray(tile, 0 * LANES);
        x1.intoArray(tile, 1 * LANES);
        x2.intoArray(tile, 2 * LANES);
        x3.intoArray(tile, 3 * LANES);
        x4.intoArray(tile, 4 * LANES);
        x5.intoArray(tile, 5 * LANES);
    }
}
