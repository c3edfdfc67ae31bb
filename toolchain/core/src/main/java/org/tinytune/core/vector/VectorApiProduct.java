package org.tinytune.core.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link VectorMath#product} on the Vector API. A tile of six rows and one or two vectors of columns stays in registers
 * while the inner loop runs; lanes are columns.
 *
 * <p>The inner loop is a single loop on purpose: the compiler of JDK 17 keeps vectors in registers across one loop, but
 * moves them to the heap in a nest. Where a row has several segments, the tile waits in the output between them.
 */
final class VectorApiProduct {
    private static final VectorSpecies<Float> SPECIES = VectorApiMath.SPECIES;
    private static final int LANES = SPECIES.length();
    private static final int PAIR = 2 * LANES;
    private static final int ROWS = 6;
    private static final ThreadLocal<float[]> EDGE = ThreadLocal.withInitial(() -> new float[ROWS * PAIR]);
    private static final int[] EDGE_TARGETS = Patches.multiples(ROWS, PAIR);

    private VectorApiProduct() {}

    static void run(
            float[] a,
            int aOffset,
            Patches patches,
            int rows,
            PackedMatrix b,
            float[] initial,
            float[] c,
            int cOffset) {
        for (int panel = 0; panel < b.columns(); panel += PackedMatrix.WIDE) {
            int width = b.panelWidth(panel);
            int used = Math.min(width, b.columns() - panel);
            for (int j = 0; j < used; j += PAIR) {
                int lanes = Math.min(PAIR, width - j);
                int bOffset = b.panelOffset(panel) + j;
                if (used - j >= lanes) {
                    for (int i = 0; i < rows; i += ROWS) {
                        tile(
                                a,
                                aOffset,
                                patches,
                                i,
                                rows - 1,
                                b.data(),
                                bOffset,
                                width,
                                lanes,
                                initial,
                                panel + j,
                                c,
                                cOffset + panel + j,
                                patches.targets(),
                                i,
                                rows - 1);
                    }
                } else {
                    edge(
                            a,
                            aOffset,
                            patches,
                            rows,
                            b.data(),
                            bOffset,
                            width,
                            lanes,
                            initial,
                            panel + j,
                            c,
                            cOffset + panel + j,
                            used - j);
                }
            }
        }
    }

    /** Columns that do not fill their vectors: the tile is computed aside, and what is used of it copied. */
    private static void edge(
            float[] a,
            int aOffset,
            Patches patches,
            int rows,
            float[] b,
            int bOffset,
            int width,
            int lanes,
            float[] initial,
            int column,
            float[] c,
            int cOffset,
            int used) {
        float[] tile = EDGE.get();
        for (int i = 0; i < rows; i += ROWS) {
            tile(
                    a,
                    aOffset,
                    patches,
                    i,
                    rows - 1,
                    b,
                    bOffset,
                    width,
                    lanes,
                    initial,
                    column,
                    tile,
                    0,
                    EDGE_TARGETS,
                    0,
                    ROWS - 1);
            for (int r = 0; r < ROWS && i + r < rows; r++) {
                System.arraycopy(tile, EDGE_TARGETS[r], c, cOffset + patches.targets()[i + r], used);
            }
        }
    }

    /** Six rows from row i on; the last row stands in for those that there are not. */
    private static void tile(
            float[] a,
            int aOffset,
            Patches patches,
            int i,
            int last,
            float[] b,
            int bOffset,
            int width,
            int lanes,
            float[] initial,
            int column,
            float[] c,
            int cOffset,
            int[] targets,
            int j,
            int lastTarget) {
        int t0 = cOffset + targets[j];
        int t1 = cOffset + targets[Math.min(j + 1, lastTarget)];
        int t2 = cOffset + targets[Math.min(j + 2, lastTarget)];
        int t3 = cOffset + targets[Math.min(j + 3, lastTarget)];
        int t4 = cOffset + targets[Math.min(j + 4, lastTarget)];
        int t5 = cOffset + targets[Math.min(j + 5, lastTarget)];
        start(initial, column, lanes, c, t0, t1, t2, t3, t4, t5);
        int[] offsets = patches.offsets();
        int a0 = aOffset + offsets[i];
        int a1 = aOffset + offsets[Math.min(i + 1, last)];
        int a2 = aOffset + offsets[Math.min(i + 2, last)];
        int a3 = aOffset + offsets[Math.min(i + 3, last)];
        int a4 = aOffset + offsets[Math.min(i + 4, last)];
        int a5 = aOffset + offsets[Math.min(i + 5, last)];
        int run = patches.run();
        int at = bOffset;
        for (int s : patches.segments()) {
            if (lanes == PAIR) {
                pair(a, a0 + s, a1 + s, a2 + s, a3 + s, a4 + s, a5 + s, run, b, at, width, c, t0, t1, t2, t3, t4, t5);
            } else {
                single(a, a0 + s, a1 + s, a2 + s, a3 + s, a4 + s, a5 + s, run, b, at, width, c, t0, t1, t2, t3, t4, t5);
            }
            at += run * width;
        }
    }

    /** Begins the chains of a tile. */
    private static void start(
            float[] initial, int column, int lanes, float[] c, int t0, int t1, int t2, int t3, int t4, int t5) {
        for (int j = 0; j < lanes; j += LANES) {
            FloatVector first = FloatVector.fromArray(SPECIES, initial, column + j);
            first.intoArray(c, t0 + j);
            first.intoArray(c, t1 + j);
            first.intoArray(c, t2 + j);
            first.intoArray(c, t3 + j);
            first.intoArray(c, t4 + j);
            first.intoArray(c, t5 + j);
        }
    }

    /** Continues the chains of six rows and two vectors of columns. */
    private static void pair(
            float[] a,
            int a0,
            int a1,
            int a2,
            int a3,
            int a4,
            int a5,
            int run,
            float[] b,
            int bOffset,
            int width,
            float[] c,
            int t0,
            int t1,
            int t2,
            int t3,
            int t4,
            int t5) {
        FloatVector x00 = FloatVector.fromArray(SPECIES, c, t0);
        FloatVector x01 = FloatVector.fromArray(SPECIES, c, t0 + LANES);
        FloatVector x10 = FloatVector.fromArray(SPECIES, c, t1);
        FloatVector x11 = FloatVector.fromArray(SPECIES, c, t1 + LANES);
        FloatVector x20 = FloatVector.fromArray(SPECIES, c, t2);
        FloatVector x21 = FloatVector.fromArray(SPECIES, c, t2 + LANES);
        FloatVector x30 = FloatVector.fromArray(SPECIES, c, t3);
        FloatVector x31 = FloatVector.fromArray(SPECIES, c, t3 + LANES);
        FloatVector x40 = FloatVector.fromArray(SPECIES, c, t4);
        FloatVector x41 = FloatVector.fromArray(SPECIES, c, t4 + LANES);
        FloatVector x50 = FloatVector.fromArray(SPECIES, c, t5);
        FloatVector x51 = FloatVector.fromArray(SPECIES, c, t5 + LANES);
        int at = bOffset;
        int t = 0;
        for (; t < run - 1; t += 2) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, at);
            FloatVector b1 = FloatVector.fromArray(SPECIES, b, at + LANES);
            FloatVector v0 = FloatVector.broadcast(SPECIES, a[a0 + t]);
            x00 = v0.fma(b0, x00);
            x01 = v0.fma(b1, x01);
            FloatVector v1 = FloatVector.broadcast(SPECIES, a[a1 + t]);
            x10 = v1.fma(b0, x10);
            x11 = v1.fma(b1, x11);
            FloatVector v2 = FloatVector.broadcast(SPECIES, a[a2 + t]);
            x20 = v2.fma(b0, x20);
            x21 = v2.fma(b1, x21);
            FloatVector v3 = FloatVector.broadcast(SPECIES, a[a3 + t]);
            x30 = v3.fma(b0, x30);
            x31 = v3.fma(b1, x31);
            FloatVector v4 = FloatVector.broadcast(SPECIES, a[a4 + t]);
            x40 = v4.fma(b0, x40);
            x41 = v4.fma(b1, x41);
            FloatVector v5 = FloatVector.broadcast(SPECIES, a[a5 + t]);
            x50 = v5.fma(b0, x50);
            x51 = v5.fma(b1, x51);
            FloatVector b0n = FloatVector.fromArray(SPECIES, b, at + width);
            FloatVector b1n = FloatVector.fromArray(SPECIES, b, at + width + LANES);
            FloatVector v0n = FloatVector.broadcast(SPECIES, a[a0 + t + 1]);
            x00 = v0n.fma(b0n, x00);
            x01 = v0n.fma(b1n, x01);
            FloatVector v1n = FloatVector.broadcast(SPECIES, a[a1 + t + 1]);
            x10 = v1n.fma(b0n, x10);
            x11 = v1n.fma(b1n, x11);
            FloatVector v2n = FloatVector.broadcast(SPECIES, a[a2 + t + 1]);
            x20 = v2n.fma(b0n, x20);
            x21 = v2n.fma(b1n, x21);
            FloatVector v3n = FloatVector.broadcast(SPECIES, a[a3 + t + 1]);
            x30 = v3n.fma(b0n, x30);
            x31 = v3n.fma(b1n, x31);
            FloatVector v4n = FloatVector.broadcast(SPECIES, a[a4 + t + 1]);
            x40 = v4n.fma(b0n, x40);
            x41 = v4n.fma(b1n, x41);
            FloatVector v5n = FloatVector.broadcast(SPECIES, a[a5 + t + 1]);
            x50 = v5n.fma(b0n, x50);
            x51 = v5n.fma(b1n, x51);
            at += 2 * width;
        }
        if (t < run) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, at);
            FloatVector b1 = FloatVector.fromArray(SPECIES, b, at + LANES);
            FloatVector v0 = FloatVector.broadcast(SPECIES, a[a0 + t]);
            x00 = v0.fma(b0, x00);
            x01 = v0.fma(b1, x01);
            FloatVector v1 = FloatVector.broadcast(SPECIES, a[a1 + t]);
            x10 = v1.fma(b0, x10);
            x11 = v1.fma(b1, x11);
            FloatVector v2 = FloatVector.broadcast(SPECIES, a[a2 + t]);
            x20 = v2.fma(b0, x20);
            x21 = v2.fma(b1, x21);
            FloatVector v3 = FloatVector.broadcast(SPECIES, a[a3 + t]);
            x30 = v3.fma(b0, x30);
            x31 = v3.fma(b1, x31);
            FloatVector v4 = FloatVector.broadcast(SPECIES, a[a4 + t]);
            x40 = v4.fma(b0, x40);
            x41 = v4.fma(b1, x41);
            FloatVector v5 = FloatVector.broadcast(SPECIES, a[a5 + t]);
            x50 = v5.fma(b0, x50);
            x51 = v5.fma(b1, x51);
        }
        x00.intoArray(c, t0);
        x01.intoArray(c, t0 + LANES);
        x10.intoArray(c, t1);
        x11.intoArray(c, t1 + LANES);
        x20.intoArray(c, t2);
        x21.intoArray(c, t2 + LANES);
        x30.intoArray(c, t3);
        x31.intoArray(c, t3 + LANES);
        x40.intoArray(c, t4);
        x41.intoArray(c, t4 + LANES);
        x50.intoArray(c, t5);
        x51.intoArray(c, t5 + LANES);
    }

    /** Continues the chains of six rows and one vector of columns. */
    private static void single(
            float[] a,
            int a0,
            int a1,
            int a2,
            int a3,
            int a4,
            int a5,
            int run,
            float[] b,
            int bOffset,
            int width,
            float[] c,
            int t0,
            int t1,
            int t2,
            int t3,
            int t4,
            int t5) {
        FloatVector x0 = FloatVector.fromArray(SPECIES, c, t0);
        FloatVector x1 = FloatVector.fromArray(SPECIES, c, t1);
        FloatVector x2 = FloatVector.fromArray(SPECIES, c, t2);
        FloatVector x3 = FloatVector.fromArray(SPECIES, c, t3);
        FloatVector x4 = FloatVector.fromArray(SPECIES, c, t4);
        FloatVector x5 = FloatVector.fromArray(SPECIES, c, t5);
        int at = bOffset;
        int t = 0;
        for (; t < run - 1; t += 2) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, at);
            x0 = FloatVector.broadcast(SPECIES, a[a0 + t]).fma(b0, x0);
            x1 = FloatVector.broadcast(SPECIES, a[a1 + t]).fma(b0, x1);
            x2 = FloatVector.broadcast(SPECIES, a[a2 + t]).fma(b0, x2);
            x3 = FloatVector.broadcast(SPECIES, a[a3 + t]).fma(b0, x3);
            x4 = FloatVector.broadcast(SPECIES, a[a4 + t]).fma(b0, x4);
            x5 = FloatVector.broadcast(SPECIES, a[a5 + t]).fma(b0, x5);
            FloatVector b0n = FloatVector.fromArray(SPECIES, b, at + width);
            x0 = FloatVector.broadcast(SPECIES, a[a0 + t + 1]).fma(b0n, x0);
            x1 = FloatVector.broadcast(SPECIES, a[a1 + t + 1]).fma(b0n, x1);
            x2 = FloatVector.broadcast(SPECIES, a[a2 + t + 1]).fma(b0n, x2);
            x3 = FloatVector.broadcast(SPECIES, a[a3 + t + 1]).fma(b0n, x3);
            x4 = FloatVector.broadcast(SPECIES, a[a4 + t + 1]).fma(b0n, x4);
            x5 = FloatVector.broadcast(SPECIES, a[a5 + t + 1]).fma(b0n, x5);
            at += 2 * width;
        }
        if (t < run) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, at);
            x0 = FloatVector.broadcast(SPECIES, a[a0 + t]).fma(b0, x0);
            x1 = FloatVector.broadcast(SPECIES, a[a1 + t]).fma(b0, x1);
            x2 = FloatVector.broadcast(SPECIES, a[a2 + t]).fma(b0, x2);
            x3 = FloatVector.broadcast(SPECIES, a[a3 + t]).fma(b0, x3);
            x4 = FloatVector.broadcast(SPECIES, a[a4 + t]).fma(b0, x4);
            x5 = FloatVector.broadcast(SPECIES, a[a5 + t]).fma(b0, x5);
        }
        x0.intoArray(c, t0);
        x1.intoArray(c, t1);
        x2.intoArray(c, t2);
        x3.intoArray(c, t3);
        x4.intoArray(c, t4);
        x5.intoArray(c, t5);
    }
}
