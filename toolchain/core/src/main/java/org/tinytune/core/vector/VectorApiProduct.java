package org.tinytune.core.vector;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The matrix products of {@link VectorMath} on the Vector API. A tile of six rows and two vectors of columns, or of
 * eight rows and one, stays in registers while the inner loop runs; lanes are columns.
 *
 * <p>The inner loop is a single loop in a method of its own on purpose. The compiler of JDK 17 keeps vectors in
 * registers across one loop, but moves them to the heap where there are two, or a nest; and it stops inlining, which
 * has the same effect, at about eighty operations on vectors. So rows whose length is no multiple of the unrolled
 * loop's are finished by another method, and where a row has several segments, the tile waits in the output between
 * them.
 */
final class VectorApiProduct {
    private static final VectorSpecies<Float> SPECIES = VectorApiMath.SPECIES;
    private static final int LANES = SPECIES.length();
    private static final int PAIR = 2 * LANES;
    private static final int ROWS = 6;
    private static final int TALL = 8;
    private static final int ADJACENT = 16;
    private static final int[] ONE_SEGMENT = {0};
    private static final ThreadLocal<float[]> EDGE = ThreadLocal.withInitial(() -> new float[TALL * PAIR]);
    private static final int[] EDGE_TARGETS = Patches.multiples(TALL, PAIR);

    private VectorApiProduct() {}

    /** {@link VectorMath#product} of patches. */
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
                int tall = lanes == PAIR ? ROWS : TALL;
                int bOffset = b.panelOffset(panel) + j;
                int column = panel + j;
                boolean edge = used - j < lanes;
                for (int i = 0; i < rows; i += tall) {
                    int count = Math.min(tall, rows - i);
                    if (edge) {
                        edge(
                                a,
                                aOffset,
                                patches,
                                i,
                                count,
                                b.data(),
                                bOffset,
                                width,
                                lanes,
                                initial,
                                column,
                                c,
                                cOffset + column,
                                used - j);
                    } else {
                        start(initial, column, lanes, c, cOffset + column, patches.targets(), i, count);
                        tile(
                                a,
                                aOffset,
                                patches.offsets(),
                                patches.segments(),
                                patches.run(),
                                i,
                                count,
                                b.data(),
                                bOffset,
                                width,
                                lanes,
                                c,
                                cOffset + column,
                                patches.targets(),
                                i);
                    }
                }
            }
        }
    }

    /** Columns that do not fill their vectors: the tile is computed aside, and what is used of it copied. */
    private static void edge(
            float[] a,
            int aOffset,
            Patches patches,
            int i,
            int count,
            float[] b,
            int bOffset,
            int width,
            int lanes,
            float[] initial,
            int column,
            float[] c,
            int cOffset,
            int used) {
        float[] aside = EDGE.get();
        start(initial, column, lanes, aside, 0, EDGE_TARGETS, 0, count);
        tile(
                a,
                aOffset,
                patches.offsets(),
                patches.segments(),
                patches.run(),
                i,
                count,
                b,
                bOffset,
                width,
                lanes,
                aside,
                0,
                EDGE_TARGETS,
                0);
        for (int r = 0; r < count; r++) {
            System.arraycopy(aside, EDGE_TARGETS[r], c, cOffset + patches.targets()[i + r], used);
        }
    }

    /** {@link VectorMath#productWithRowBias}. */
    static void withRowBias(
            float[] a,
            int aOffset,
            Patches patches,
            int rows,
            PackedMatrix b,
            int columns,
            float[] initial,
            int initialOffset,
            float[] c,
            int cOffset) {
        int[] targets = patches.targets();
        for (int panel = 0; panel < columns; panel += PackedMatrix.WIDE) {
            int width = b.panelWidth(panel);
            for (int j = 0; j < width; j += PAIR) {
                int lanes = Math.min(PAIR, width - j);
                int tall = lanes == PAIR ? ROWS : TALL;
                int to = cOffset + panel + j;
                for (int i = 0; i < rows; i += tall) {
                    int count = Math.min(tall, rows - i);
                    for (int r = i; r < i + count; r++) {
                        int at = to + targets[r];
                        Arrays.fill(c, at, at + lanes, initial[initialOffset + r]);
                    }
                    tile(
                            a,
                            aOffset,
                            patches.offsets(),
                            ONE_SEGMENT,
                            b.rows(),
                            i,
                            count,
                            b.data(),
                            b.panelOffset(panel) + j,
                            width,
                            lanes,
                            c,
                            to,
                            targets,
                            i);
                }
            }
        }
    }

    /** {@link VectorMath#product} of plain matrices. */
    static void plain(
            float[] a,
            int aOffset,
            Patches patches,
            int rows,
            float[] b,
            int bOffset,
            int columns,
            int pitch,
            float[] c,
            int cOffset) {
        float[] aside = EDGE.get();
        int[] targets = patches.targets();
        for (int j = 0; j < columns; j += PAIR) {
            int left = columns - j;
            int lanes = left <= LANES ? LANES : PAIR;
            int tall = lanes == PAIR ? ROWS : TALL;
            for (int i = 0; i < rows; i += tall) {
                int count = Math.min(tall, rows - i);
                if (left >= lanes) {
                    clear(c, cOffset + j, targets, i, count, lanes);
                    tile(
                            a,
                            aOffset,
                            patches.offsets(),
                            ONE_SEGMENT,
                            patches.run(),
                            i,
                            count,
                            b,
                            bOffset + j,
                            pitch,
                            lanes,
                            c,
                            cOffset + j,
                            targets,
                            i);
                } else {
                    clear(aside, 0, EDGE_TARGETS, 0, count, lanes);
                    tile(
                            a,
                            aOffset,
                            patches.offsets(),
                            ONE_SEGMENT,
                            patches.run(),
                            i,
                            count,
                            b,
                            bOffset + j,
                            pitch,
                            lanes,
                            aside,
                            0,
                            EDGE_TARGETS,
                            0);
                    for (int r = 0; r < count; r++) {
                        System.arraycopy(aside, EDGE_TARGETS[r], c, cOffset + j + targets[i + r], left);
                    }
                }
            }
        }
    }

    private static boolean adjacent(int[] offsets, int i) {
        for (int r = 1; r < TALL; r++) {
            if (offsets[i + r] - offsets[i + r - 1] != ADJACENT) {
                return false;
            }
        }
        return true;
    }

    private static void clear(float[] c, int cOffset, int[] targets, int i, int count, int lanes) {
        for (int r = i; r < i + count; r++) {
            Arrays.fill(c, cOffset + targets[r], cOffset + targets[r] + lanes, 0);
        }
    }

    /** Begins the chains of a tile. */
    private static void start(
            float[] initial, int column, int lanes, float[] c, int cOffset, int[] targets, int j, int count) {
        for (int l = 0; l < lanes; l += LANES) {
            FloatVector first = FloatVector.fromArray(SPECIES, initial, column + l);
            for (int r = j; r < j + count; r++) {
                first.intoArray(c, cOffset + targets[r] + l);
            }
        }
    }

    /**
     * Continues the chains of some rows; the last one stands in for those that a tile lacks.
     *
     * @param i the first of the rows
     * @param count how many they are, at most a tile's
     * @param j where their targets begin
     */
    private static void tile(
            float[] a,
            int aOffset,
            int[] offsets,
            int[] segments,
            int run,
            int i,
            int count,
            float[] b,
            int bOffset,
            int width,
            int lanes,
            float[] c,
            int cOffset,
            int[] targets,
            int j) {
        int last = i + count - 1;
        int lastTarget = j + count - 1;
        int at = bOffset;
        for (int s : segments) {
            int from = aOffset + s;
            if (lanes == PAIR) {
                int done = run & ~1;
                pair(a, from, offsets, i, last, run, b, at, width, c, cOffset, targets, j, lastTarget);
                if (done < run) {
                    int rest = at + done * width;
                    pairRest(a, from + done, offsets, i, last, 1, b, rest, width, c, cOffset, targets, j, lastTarget);
                }
            } else {
                narrow(a, from, offsets, i, last, run, b, at, width, c, cOffset, targets, j, lastTarget);
            }
            at += run * width;
        }
    }

    /** One vector of columns. */
    private static void narrow(
            float[] a,
            int aOffset,
            int[] offsets,
            int i,
            int last,
            int run,
            float[] b,
            int bOffset,
            int width,
            float[] c,
            int cOffset,
            int[] targets,
            int j,
            int lastTarget) {
        int done = run & ~3;
        int left = run - done;
        int from = aOffset + done;
        int rest = bOffset + done * width;
        if (last - i >= ROWS) {
            if (last - i == TALL - 1 && adjacent(offsets, i)) {
                eightAdjacent(a, aOffset, offsets, i, run, b, bOffset, width, c, cOffset, targets, j, lastTarget);
            } else {
                eight(a, aOffset, offsets, i, last, run, b, bOffset, width, c, cOffset, targets, j, lastTarget);
            }
            if (left > 0) {
                eightRest(a, from, offsets, i, last, left, b, rest, width, c, cOffset, targets, j, lastTarget);
            }
        } else {
            six(a, aOffset, offsets, i, last, run, b, bOffset, width, c, cOffset, targets, j, lastTarget);
            if (left > 0) {
                sixRest(a, from, offsets, i, last, left, b, rest, width, c, cOffset, targets, j, lastTarget);
            }
        }
    }

    /** Continues the chains of six rows and two vectors of columns, over an even number of elements. */
    private static void pair(
            float[] a,
            int aOffset,
            int[] offsets,
            int i,
            int last,
            int run,
            float[] b,
            int bOffset,
            int width,
            float[] c,
            int cOffset,
            int[] targets,
            int j,
            int lastTarget) {
        int a0 = aOffset + offsets[i];
        int a1 = aOffset + offsets[Math.min(i + 1, last)];
        int a2 = aOffset + offsets[Math.min(i + 2, last)];
        int a3 = aOffset + offsets[Math.min(i + 3, last)];
        int a4 = aOffset + offsets[Math.min(i + 4, last)];
        int a5 = aOffset + offsets[Math.min(i + 5, last)];
        int t0 = cOffset + targets[j];
        int t1 = cOffset + targets[Math.min(j + 1, lastTarget)];
        int t2 = cOffset + targets[Math.min(j + 2, lastTarget)];
        int t3 = cOffset + targets[Math.min(j + 3, lastTarget)];
        int t4 = cOffset + targets[Math.min(j + 4, lastTarget)];
        int t5 = cOffset + targets[Math.min(j + 5, lastTarget)];
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
        for (int t = 0; t <= run - 2; t += 2) {
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

    /** The same over any number of elements. */
    private static void pairRest(
            float[] a,
            int aOffset,
            int[] offsets,
            int i,
            int last,
            int run,
            float[] b,
            int bOffset,
            int width,
            float[] c,
            int cOffset,
            int[] targets,
            int j,
            int lastTarget) {
        int a0 = aOffset + offsets[i];
        int a1 = aOffset + offsets[Math.min(i + 1, last)];
        int a2 = aOffset + offsets[Math.min(i + 2, last)];
        int a3 = aOffset + offsets[Math.min(i + 3, last)];
        int a4 = aOffset + offsets[Math.min(i + 4, last)];
        int a5 = aOffset + offsets[Math.min(i + 5, last)];
        int t0 = cOffset + targets[j];
        int t1 = cOffset + targets[Math.min(j + 1, lastTarget)];
        int t2 = cOffset + targets[Math.min(j + 2, lastTarget)];
        int t3 = cOffset + targets[Math.min(j + 3, lastTarget)];
        int t4 = cOffset + targets[Math.min(j + 4, lastTarget)];
        int t5 = cOffset + targets[Math.min(j + 5, lastTarget)];
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
        for (int t = 0; t < run; t++) {
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
            at += width;
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

    /** Continues the chains of eight rows and one vector of columns, over a multiple of four elements. */
    private static void eight(
            float[] a,
            int aOffset,
            int[] offsets,
            int i,
            int last,
            int run,
            float[] b,
            int bOffset,
            int width,
            float[] c,
            int cOffset,
            int[] targets,
            int j,
            int lastTarget) {
        int a0 = aOffset + offsets[i];
        int a1 = aOffset + offsets[Math.min(i + 1, last)];
        int a2 = aOffset + offsets[Math.min(i + 2, last)];
        int a3 = aOffset + offsets[Math.min(i + 3, last)];
        int a4 = aOffset + offsets[Math.min(i + 4, last)];
        int a5 = aOffset + offsets[Math.min(i + 5, last)];
        int a6 = aOffset + offsets[Math.min(i + 6, last)];
        int a7 = aOffset + offsets[Math.min(i + 7, last)];
        int t0 = cOffset + targets[j];
        int t1 = cOffset + targets[Math.min(j + 1, lastTarget)];
        int t2 = cOffset + targets[Math.min(j + 2, lastTarget)];
        int t3 = cOffset + targets[Math.min(j + 3, lastTarget)];
        int t4 = cOffset + targets[Math.min(j + 4, lastTarget)];
        int t5 = cOffset + targets[Math.min(j + 5, lastTarget)];
        int t6 = cOffset + targets[Math.min(j + 6, lastTarget)];
        int t7 = cOffset + targets[Math.min(j + 7, lastTarget)];
        FloatVector x0 = FloatVector.fromArray(SPECIES, c, t0);
        FloatVector x1 = FloatVector.fromArray(SPECIES, c, t1);
        FloatVector x2 = FloatVector.fromArray(SPECIES, c, t2);
        FloatVector x3 = FloatVector.fromArray(SPECIES, c, t3);
        FloatVector x4 = FloatVector.fromArray(SPECIES, c, t4);
        FloatVector x5 = FloatVector.fromArray(SPECIES, c, t5);
        FloatVector x6 = FloatVector.fromArray(SPECIES, c, t6);
        FloatVector x7 = FloatVector.fromArray(SPECIES, c, t7);
        int at = bOffset;
        for (int t = 0; t <= run - 4; t += 4) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, at);
            x0 = FloatVector.broadcast(SPECIES, a[a0 + t]).fma(b0, x0);
            x1 = FloatVector.broadcast(SPECIES, a[a1 + t]).fma(b0, x1);
            x2 = FloatVector.broadcast(SPECIES, a[a2 + t]).fma(b0, x2);
            x3 = FloatVector.broadcast(SPECIES, a[a3 + t]).fma(b0, x3);
            x4 = FloatVector.broadcast(SPECIES, a[a4 + t]).fma(b0, x4);
            x5 = FloatVector.broadcast(SPECIES, a[a5 + t]).fma(b0, x5);
            x6 = FloatVector.broadcast(SPECIES, a[a6 + t]).fma(b0, x6);
            x7 = FloatVector.broadcast(SPECIES, a[a7 + t]).fma(b0, x7);
            FloatVector b0n = FloatVector.fromArray(SPECIES, b, at + width);
            x0 = FloatVector.broadcast(SPECIES, a[a0 + t + 1]).fma(b0n, x0);
            x1 = FloatVector.broadcast(SPECIES, a[a1 + t + 1]).fma(b0n, x1);
            x2 = FloatVector.broadcast(SPECIES, a[a2 + t + 1]).fma(b0n, x2);
            x3 = FloatVector.broadcast(SPECIES, a[a3 + t + 1]).fma(b0n, x3);
            x4 = FloatVector.broadcast(SPECIES, a[a4 + t + 1]).fma(b0n, x4);
            x5 = FloatVector.broadcast(SPECIES, a[a5 + t + 1]).fma(b0n, x5);
            x6 = FloatVector.broadcast(SPECIES, a[a6 + t + 1]).fma(b0n, x6);
            x7 = FloatVector.broadcast(SPECIES, a[a7 + t + 1]).fma(b0n, x7);
            FloatVector b0m = FloatVector.fromArray(SPECIES, b, at + 2 * width);
            x0 = FloatVector.broadcast(SPECIES, a[a0 + t + 2]).fma(b0m, x0);
            x1 = FloatVector.broadcast(SPECIES, a[a1 + t + 2]).fma(b0m, x1);
            x2 = FloatVector.broadcast(SPECIES, a[a2 + t + 2]).fma(b0m, x2);
            x3 = FloatVector.broadcast(SPECIES, a[a3 + t + 2]).fma(b0m, x3);
            x4 = FloatVector.broadcast(SPECIES, a[a4 + t + 2]).fma(b0m, x4);
            x5 = FloatVector.broadcast(SPECIES, a[a5 + t + 2]).fma(b0m, x5);
            x6 = FloatVector.broadcast(SPECIES, a[a6 + t + 2]).fma(b0m, x6);
            x7 = FloatVector.broadcast(SPECIES, a[a7 + t + 2]).fma(b0m, x7);
            FloatVector b0o = FloatVector.fromArray(SPECIES, b, at + 3 * width);
            x0 = FloatVector.broadcast(SPECIES, a[a0 + t + 3]).fma(b0o, x0);
            x1 = FloatVector.broadcast(SPECIES, a[a1 + t + 3]).fma(b0o, x1);
            x2 = FloatVector.broadcast(SPECIES, a[a2 + t + 3]).fma(b0o, x2);
            x3 = FloatVector.broadcast(SPECIES, a[a3 + t + 3]).fma(b0o, x3);
            x4 = FloatVector.broadcast(SPECIES, a[a4 + t + 3]).fma(b0o, x4);
            x5 = FloatVector.broadcast(SPECIES, a[a5 + t + 3]).fma(b0o, x5);
            x6 = FloatVector.broadcast(SPECIES, a[a6 + t + 3]).fma(b0o, x6);
            x7 = FloatVector.broadcast(SPECIES, a[a7 + t + 3]).fma(b0o, x7);
            at += 4 * width;
        }
        x0.intoArray(c, t0);
        x1.intoArray(c, t1);
        x2.intoArray(c, t2);
        x3.intoArray(c, t3);
        x4.intoArray(c, t4);
        x5.intoArray(c, t5);
        x6.intoArray(c, t6);
        x7.intoArray(c, t7);
    }

    /**
     * The same for rows that begin 16 elements apart, as neighbouring windows over 16 channels do: the distance being a
     * constant, one register points to all of them, and more of the instructions go into products.
     */
    private static void eightAdjacent(
            float[] a,
            int aOffset,
            int[] offsets,
            int i,
            int run,
            float[] b,
            int bOffset,
            int width,
            float[] c,
            int cOffset,
            int[] targets,
            int j,
            int lastTarget) {
        int a0 = aOffset + offsets[i];
        int t0 = cOffset + targets[j];
        int t1 = cOffset + targets[Math.min(j + 1, lastTarget)];
        int t2 = cOffset + targets[Math.min(j + 2, lastTarget)];
        int t3 = cOffset + targets[Math.min(j + 3, lastTarget)];
        int t4 = cOffset + targets[Math.min(j + 4, lastTarget)];
        int t5 = cOffset + targets[Math.min(j + 5, lastTarget)];
        int t6 = cOffset + targets[Math.min(j + 6, lastTarget)];
        int t7 = cOffset + targets[Math.min(j + 7, lastTarget)];
        FloatVector x0 = FloatVector.fromArray(SPECIES, c, t0);
        FloatVector x1 = FloatVector.fromArray(SPECIES, c, t1);
        FloatVector x2 = FloatVector.fromArray(SPECIES, c, t2);
        FloatVector x3 = FloatVector.fromArray(SPECIES, c, t3);
        FloatVector x4 = FloatVector.fromArray(SPECIES, c, t4);
        FloatVector x5 = FloatVector.fromArray(SPECIES, c, t5);
        FloatVector x6 = FloatVector.fromArray(SPECIES, c, t6);
        FloatVector x7 = FloatVector.fromArray(SPECIES, c, t7);
        int at = bOffset;
        for (int t = 0; t <= run - 4; t += 4) {
            int row = a0 + t;
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, at);
            x0 = FloatVector.broadcast(SPECIES, a[row]).fma(b0, x0);
            x1 = FloatVector.broadcast(SPECIES, a[row + 16]).fma(b0, x1);
            x2 = FloatVector.broadcast(SPECIES, a[row + 32]).fma(b0, x2);
            x3 = FloatVector.broadcast(SPECIES, a[row + 48]).fma(b0, x3);
            x4 = FloatVector.broadcast(SPECIES, a[row + 64]).fma(b0, x4);
            x5 = FloatVector.broadcast(SPECIES, a[row + 80]).fma(b0, x5);
            x6 = FloatVector.broadcast(SPECIES, a[row + 96]).fma(b0, x6);
            x7 = FloatVector.broadcast(SPECIES, a[row + 112]).fma(b0, x7);
            FloatVector b0n = FloatVector.fromArray(SPECIES, b, at + width);
            x0 = FloatVector.broadcast(SPECIES, a[row + 1]).fma(b0n, x0);
            x1 = FloatVector.broadcast(SPECIES, a[row + 17]).fma(b0n, x1);
            x2 = FloatVector.broadcast(SPECIES, a[row + 33]).fma(b0n, x2);
            x3 = FloatVector.broadcast(SPECIES, a[row + 49]).fma(b0n, x3);
            x4 = FloatVector.broadcast(SPECIES, a[row + 65]).fma(b0n, x4);
            x5 = FloatVector.broadcast(SPECIES, a[row + 81]).fma(b0n, x5);
            x6 = FloatVector.broadcast(SPECIES, a[row + 97]).fma(b0n, x6);
            x7 = FloatVector.broadcast(SPECIES, a[row + 113]).fma(b0n, x7);
            FloatVector b0m = FloatVector.fromArray(SPECIES, b, at + 2 * width);
            x0 = FloatVector.broadcast(SPECIES, a[row + 2]).fma(b0m, x0);
            x1 = FloatVector.broadcast(SPECIES, a[row + 18]).fma(b0m, x1);
            x2 = FloatVector.broadcast(SPECIES, a[row + 34]).fma(b0m, x2);
            x3 = FloatVector.broadcast(SPECIES, a[row + 50]).fma(b0m, x3);
            x4 = FloatVector.broadcast(SPECIES, a[row + 66]).fma(b0m, x4);
            x5 = FloatVector.broadcast(SPECIES, a[row + 82]).fma(b0m, x5);
            x6 = FloatVector.broadcast(SPECIES, a[row + 98]).fma(b0m, x6);
            x7 = FloatVector.broadcast(SPECIES, a[row + 114]).fma(b0m, x7);
            FloatVector b0o = FloatVector.fromArray(SPECIES, b, at + 3 * width);
            x0 = FloatVector.broadcast(SPECIES, a[row + 3]).fma(b0o, x0);
            x1 = FloatVector.broadcast(SPECIES, a[row + 19]).fma(b0o, x1);
            x2 = FloatVector.broadcast(SPECIES, a[row + 35]).fma(b0o, x2);
            x3 = FloatVector.broadcast(SPECIES, a[row + 51]).fma(b0o, x3);
            x4 = FloatVector.broadcast(SPECIES, a[row + 67]).fma(b0o, x4);
            x5 = FloatVector.broadcast(SPECIES, a[row + 83]).fma(b0o, x5);
            x6 = FloatVector.broadcast(SPECIES, a[row + 99]).fma(b0o, x6);
            x7 = FloatVector.broadcast(SPECIES, a[row + 115]).fma(b0o, x7);
            at += 4 * width;
        }
        x0.intoArray(c, t0);
        x1.intoArray(c, t1);
        x2.intoArray(c, t2);
        x3.intoArray(c, t3);
        x4.intoArray(c, t4);
        x5.intoArray(c, t5);
        x6.intoArray(c, t6);
        x7.intoArray(c, t7);
    }

    /** The same over any number of elements. */
    private static void eightRest(
            float[] a,
            int aOffset,
            int[] offsets,
            int i,
            int last,
            int run,
            float[] b,
            int bOffset,
            int width,
            float[] c,
            int cOffset,
            int[] targets,
            int j,
            int lastTarget) {
        int a0 = aOffset + offsets[i];
        int a1 = aOffset + offsets[Math.min(i + 1, last)];
        int a2 = aOffset + offsets[Math.min(i + 2, last)];
        int a3 = aOffset + offsets[Math.min(i + 3, last)];
        int a4 = aOffset + offsets[Math.min(i + 4, last)];
        int a5 = aOffset + offsets[Math.min(i + 5, last)];
        int a6 = aOffset + offsets[Math.min(i + 6, last)];
        int a7 = aOffset + offsets[Math.min(i + 7, last)];
        int t0 = cOffset + targets[j];
        int t1 = cOffset + targets[Math.min(j + 1, lastTarget)];
        int t2 = cOffset + targets[Math.min(j + 2, lastTarget)];
        int t3 = cOffset + targets[Math.min(j + 3, lastTarget)];
        int t4 = cOffset + targets[Math.min(j + 4, lastTarget)];
        int t5 = cOffset + targets[Math.min(j + 5, lastTarget)];
        int t6 = cOffset + targets[Math.min(j + 6, lastTarget)];
        int t7 = cOffset + targets[Math.min(j + 7, lastTarget)];
        FloatVector x0 = FloatVector.fromArray(SPECIES, c, t0);
        FloatVector x1 = FloatVector.fromArray(SPECIES, c, t1);
        FloatVector x2 = FloatVector.fromArray(SPECIES, c, t2);
        FloatVector x3 = FloatVector.fromArray(SPECIES, c, t3);
        FloatVector x4 = FloatVector.fromArray(SPECIES, c, t4);
        FloatVector x5 = FloatVector.fromArray(SPECIES, c, t5);
        FloatVector x6 = FloatVector.fromArray(SPECIES, c, t6);
        FloatVector x7 = FloatVector.fromArray(SPECIES, c, t7);
        int at = bOffset;
        for (int t = 0; t < run; t++) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, at);
            x0 = FloatVector.broadcast(SPECIES, a[a0 + t]).fma(b0, x0);
            x1 = FloatVector.broadcast(SPECIES, a[a1 + t]).fma(b0, x1);
            x2 = FloatVector.broadcast(SPECIES, a[a2 + t]).fma(b0, x2);
            x3 = FloatVector.broadcast(SPECIES, a[a3 + t]).fma(b0, x3);
            x4 = FloatVector.broadcast(SPECIES, a[a4 + t]).fma(b0, x4);
            x5 = FloatVector.broadcast(SPECIES, a[a5 + t]).fma(b0, x5);
            x6 = FloatVector.broadcast(SPECIES, a[a6 + t]).fma(b0, x6);
            x7 = FloatVector.broadcast(SPECIES, a[a7 + t]).fma(b0, x7);
            at += width;
        }
        x0.intoArray(c, t0);
        x1.intoArray(c, t1);
        x2.intoArray(c, t2);
        x3.intoArray(c, t3);
        x4.intoArray(c, t4);
        x5.intoArray(c, t5);
        x6.intoArray(c, t6);
        x7.intoArray(c, t7);
    }

    /** Continues the chains of six rows and one vector of columns, over a multiple of four elements. */
    private static void six(
            float[] a,
            int aOffset,
            int[] offsets,
            int i,
            int last,
            int run,
            float[] b,
            int bOffset,
            int width,
            float[] c,
            int cOffset,
            int[] targets,
            int j,
            int lastTarget) {
        int a0 = aOffset + offsets[i];
        int a1 = aOffset + offsets[Math.min(i + 1, last)];
        int a2 = aOffset + offsets[Math.min(i + 2, last)];
        int a3 = aOffset + offsets[Math.min(i + 3, last)];
        int a4 = aOffset + offsets[Math.min(i + 4, last)];
        int a5 = aOffset + offsets[Math.min(i + 5, last)];
        int t0 = cOffset + targets[j];
        int t1 = cOffset + targets[Math.min(j + 1, lastTarget)];
        int t2 = cOffset + targets[Math.min(j + 2, lastTarget)];
        int t3 = cOffset + targets[Math.min(j + 3, lastTarget)];
        int t4 = cOffset + targets[Math.min(j + 4, lastTarget)];
        int t5 = cOffset + targets[Math.min(j + 5, lastTarget)];
        FloatVector x0 = FloatVector.fromArray(SPECIES, c, t0);
        FloatVector x1 = FloatVector.fromArray(SPECIES, c, t1);
        FloatVector x2 = FloatVector.fromArray(SPECIES, c, t2);
        FloatVector x3 = FloatVector.fromArray(SPECIES, c, t3);
        FloatVector x4 = FloatVector.fromArray(SPECIES, c, t4);
        FloatVector x5 = FloatVector.fromArray(SPECIES, c, t5);
        int at = bOffset;
        for (int t = 0; t <= run - 4; t += 4) {
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
            FloatVector b0m = FloatVector.fromArray(SPECIES, b, at + 2 * width);
            x0 = FloatVector.broadcast(SPECIES, a[a0 + t + 2]).fma(b0m, x0);
            x1 = FloatVector.broadcast(SPECIES, a[a1 + t + 2]).fma(b0m, x1);
            x2 = FloatVector.broadcast(SPECIES, a[a2 + t + 2]).fma(b0m, x2);
            x3 = FloatVector.broadcast(SPECIES, a[a3 + t + 2]).fma(b0m, x3);
            x4 = FloatVector.broadcast(SPECIES, a[a4 + t + 2]).fma(b0m, x4);
            x5 = FloatVector.broadcast(SPECIES, a[a5 + t + 2]).fma(b0m, x5);
            FloatVector b0o = FloatVector.fromArray(SPECIES, b, at + 3 * width);
            x0 = FloatVector.broadcast(SPECIES, a[a0 + t + 3]).fma(b0o, x0);
            x1 = FloatVector.broadcast(SPECIES, a[a1 + t + 3]).fma(b0o, x1);
            x2 = FloatVector.broadcast(SPECIES, a[a2 + t + 3]).fma(b0o, x2);
            x3 = FloatVector.broadcast(SPECIES, a[a3 + t + 3]).fma(b0o, x3);
            x4 = FloatVector.broadcast(SPECIES, a[a4 + t + 3]).fma(b0o, x4);
            x5 = FloatVector.broadcast(SPECIES, a[a5 + t + 3]).fma(b0o, x5);
            at += 4 * width;
        }
        x0.intoArray(c, t0);
        x1.intoArray(c, t1);
        x2.intoArray(c, t2);
        x3.intoArray(c, t3);
        x4.intoArray(c, t4);
        x5.intoArray(c, t5);
    }

    /** The same over any number of elements. */
    private static void sixRest(
            float[] a,
            int aOffset,
            int[] offsets,
            int i,
            int last,
            int run,
            float[] b,
            int bOffset,
            int width,
            float[] c,
            int cOffset,
            int[] targets,
            int j,
            int lastTarget) {
        int a0 = aOffset + offsets[i];
        int a1 = aOffset + offsets[Math.min(i + 1, last)];
        int a2 = aOffset + offsets[Math.min(i + 2, last)];
        int a3 = aOffset + offsets[Math.min(i + 3, last)];
        int a4 = aOffset + offsets[Math.min(i + 4, last)];
        int a5 = aOffset + offsets[Math.min(i + 5, last)];
        int t0 = cOffset + targets[j];
        int t1 = cOffset + targets[Math.min(j + 1, lastTarget)];
        int t2 = cOffset + targets[Math.min(j + 2, lastTarget)];
        int t3 = cOffset + targets[Math.min(j + 3, lastTarget)];
        int t4 = cOffset + targets[Math.min(j + 4, lastTarget)];
        int t5 = cOffset + targets[Math.min(j + 5, lastTarget)];
        FloatVector x0 = FloatVector.fromArray(SPECIES, c, t0);
        FloatVector x1 = FloatVector.fromArray(SPECIES, c, t1);
        FloatVector x2 = FloatVector.fromArray(SPECIES, c, t2);
        FloatVector x3 = FloatVector.fromArray(SPECIES, c, t3);
        FloatVector x4 = FloatVector.fromArray(SPECIES, c, t4);
        FloatVector x5 = FloatVector.fromArray(SPECIES, c, t5);
        int at = bOffset;
        for (int t = 0; t < run; t++) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, at);
            x0 = FloatVector.broadcast(SPECIES, a[a0 + t]).fma(b0, x0);
            x1 = FloatVector.broadcast(SPECIES, a[a1 + t]).fma(b0, x1);
            x2 = FloatVector.broadcast(SPECIES, a[a2 + t]).fma(b0, x2);
            x3 = FloatVector.broadcast(SPECIES, a[a3 + t]).fma(b0, x3);
            x4 = FloatVector.broadcast(SPECIES, a[a4 + t]).fma(b0, x4);
            x5 = FloatVector.broadcast(SPECIES, a[a5 + t]).fma(b0, x5);
            at += width;
        }
        x0.intoArray(c, t0);
        x1.intoArray(c, t1);
        x2.intoArray(c, t2);
        x3.intoArray(c, t3);
        x4.intoArray(c, t4);
        x5.intoArray(c, t5);
    }
}
