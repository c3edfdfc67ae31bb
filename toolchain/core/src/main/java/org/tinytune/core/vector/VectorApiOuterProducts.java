package org.tinytune.core.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link VectorMath#outerProducts} on the Vector API. A tile of four to eight columns of {@code a} and one to three
 * vectors of columns of {@code b} stays in registers while the inner loop runs over a block of rows, few enough to stay
 * in the first-level cache until all tiles have seen them.
 *
 * <p>As in {@link VectorApiProduct}, methods have one loop, and so few operations that the compiler of JDK 17 inlines
 * all of them; so a last row that is left over has methods of its own.
 */
final class VectorApiOuterProducts {
    private static final VectorSpecies<Float> SPECIES = VectorApiMath.SPECIES;
    private static final int LANES = SPECIES.length();
    private static final int PAIR = 2 * LANES;
    private static final int TRIPLE = 3 * LANES;
    private static final int EIGHT = 8;
    private static final int SIX = 6;
    private static final int FOUR = 4;
    /** Rows of a block: what tiles see of it takes 32 KB at most, but for the widest layers. */
    private static final int ROWS = 64;

    private static final ThreadLocal<float[]> ASIDE = ThreadLocal.withInitial(() -> new float[SIX * PAIR]);

    private VectorApiOuterProducts() {}

    static void run(
            float[] a,
            int aOffset,
            int pitch,
            int m,
            float[] b,
            int bOffset,
            Patches patches,
            int rows,
            float[] c,
            int cOffset) {
        int run = patches.run();
        for (int begin = 0; begin < rows; begin += ROWS) {
            int end = Math.min(rows, begin + ROWS);
            for (int s = 0; s < patches.segments().length; s++) {
                int from = bOffset + patches.segments()[s];
                int to = cOffset + s * run;
                for (int t = 0; t < run; ) {
                    int lanes = lanes(run - t);
                    columns(a, aOffset, pitch, m, b, from + t, patches, begin, end, lanes, c, to + t, run - t);
                    t += lanes;
                }
            }
        }
    }

    /** How many columns of b a tile takes of those that are left. */
    private static int lanes(int left) {
        if (left <= LANES) {
            return LANES;
        }
        return left > PAIR && left <= TRIPLE ? TRIPLE : PAIR;
    }

    /** How many columns of a a tile takes of those that are left; fewer than four are taken one by one. */
    private static int height(int left, int lanes) {
        if (lanes == LANES && left >= EIGHT) {
            return EIGHT;
        }
        return lanes == PAIR && left >= SIX && left != EIGHT ? SIX : Math.min(left, FOUR);
    }

    /** All columns of a and some of b, {@code left} of them at most. */
    private static void columns(
            float[] a,
            int aOffset,
            int pitch,
            int m,
            float[] b,
            int bOffset,
            Patches patches,
            int begin,
            int end,
            int lanes,
            float[] c,
            int cOffset,
            int left) {
        int elements = patches.elements();
        int[] offsets = patches.offsets();
        for (int i = 0; i < m; ) {
            int count = height(m - i, lanes);
            int to = cOffset + i * elements;
            if (left >= lanes && count >= FOUR) {
                tile(a, aOffset + i, pitch, count, b, bOffset, offsets, begin, end, lanes, c, to, elements);
            } else {
                int used = Math.min(left, lanes);
                edge(a, aOffset + i, pitch, count, b, bOffset, offsets, begin, end, lanes, c, to, elements, used);
            }
            i += count;
        }
    }

    /** A tile that is not filled is computed aside, and what is used of it copied. */
    private static void edge(
            float[] a,
            int aOffset,
            int pitch,
            int count,
            float[] b,
            int bOffset,
            int[] offsets,
            int begin,
            int end,
            int lanes,
            float[] c,
            int cOffset,
            int elements,
            int used) {
        float[] aside = ASIDE.get();
        for (int r = 0; r < count; r++) {
            System.arraycopy(c, cOffset + r * elements, aside, r * lanes, used);
        }
        if (count >= FOUR) {
            tile(a, aOffset, pitch, count, b, bOffset, offsets, begin, end, lanes, aside, 0, lanes);
        } else {
            for (int i = 0; i < count; i++) {
                for (int j = 0; j < lanes; j += LANES) {
                    column(a, aOffset + i, pitch, b, bOffset + j, offsets, begin, end, aside, i * lanes + j);
                }
            }
        }
        for (int r = 0; r < count; r++) {
            System.arraycopy(aside, r * lanes, c, cOffset + r * elements, used);
        }
    }

    private static void tile(
            float[] a,
            int aOffset,
            int pitch,
            int count,
            float[] b,
            int bOffset,
            int[] offsets,
            int begin,
            int end,
            int lanes,
            float[] c,
            int cOffset,
            int cPitch) {
        if (count == SIX) {
            int even = begin + ((end - begin) & ~1);
            sixPairs(a, aOffset, pitch, b, bOffset, offsets, begin, even, c, cOffset, cPitch);
            if (even < end) {
                sixPairsOfRow(a, aOffset, pitch, b, bOffset, offsets, even, end, c, cOffset, cPitch);
            }
        } else if (count == EIGHT) {
            eight(a, aOffset, pitch, b, bOffset, offsets, begin, end, c, cOffset, cPitch);
        } else if (lanes == TRIPLE) {
            fourTriples(a, aOffset, pitch, b, bOffset, offsets, begin, end, c, cOffset, cPitch);
        } else if (lanes == PAIR) {
            fourPairs(a, aOffset, pitch, b, bOffset, offsets, begin, end, c, cOffset, cPitch);
        } else {
            four(a, aOffset, pitch, b, bOffset, offsets, begin, end, c, cOffset, cPitch);
        }
    }

    /** One column of a and one vector of columns of b. */
    private static void column(
            float[] a,
            int aOffset,
            int pitch,
            float[] b,
            int bOffset,
            int[] offsets,
            int begin,
            int end,
            float[] c,
            int cOffset) {
        FloatVector sum = FloatVector.fromArray(SPECIES, c, cOffset);
        for (int p = begin; p < end; p++) {
            FloatVector right = FloatVector.fromArray(SPECIES, b, bOffset + offsets[p]);
            sum = FloatVector.broadcast(SPECIES, a[aOffset + p * pitch]).fma(right, sum);
        }
        sum.intoArray(c, cOffset);
    }

    /** Six columns of a and two vectors of columns of b, over an even number of rows. */
    private static void sixPairs(
            float[] a,
            int aOffset,
            int pitch,
            float[] b,
            int bOffset,
            int[] offsets,
            int begin,
            int end,
            float[] c,
            int c0,
            int cPitch) {
        int c1 = c0 + cPitch;
        int c2 = c1 + cPitch;
        int c3 = c2 + cPitch;
        int c4 = c3 + cPitch;
        int c5 = c4 + cPitch;
        FloatVector x00 = FloatVector.fromArray(SPECIES, c, c0);
        FloatVector x01 = FloatVector.fromArray(SPECIES, c, c0 + LANES);
        FloatVector x10 = FloatVector.fromArray(SPECIES, c, c1);
        FloatVector x11 = FloatVector.fromArray(SPECIES, c, c1 + LANES);
        FloatVector x20 = FloatVector.fromArray(SPECIES, c, c2);
        FloatVector x21 = FloatVector.fromArray(SPECIES, c, c2 + LANES);
        FloatVector x30 = FloatVector.fromArray(SPECIES, c, c3);
        FloatVector x31 = FloatVector.fromArray(SPECIES, c, c3 + LANES);
        FloatVector x40 = FloatVector.fromArray(SPECIES, c, c4);
        FloatVector x41 = FloatVector.fromArray(SPECIES, c, c4 + LANES);
        FloatVector x50 = FloatVector.fromArray(SPECIES, c, c5);
        FloatVector x51 = FloatVector.fromArray(SPECIES, c, c5 + LANES);
        for (int p = begin; p < end; p += 2) {
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
            int next = from + pitch;
            int atNext = bOffset + offsets[p + 1];
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
        x00.intoArray(c, c0);
        x01.intoArray(c, c0 + LANES);
        x10.intoArray(c, c1);
        x11.intoArray(c, c1 + LANES);
        x20.intoArray(c, c2);
        x21.intoArray(c, c2 + LANES);
        x30.intoArray(c, c3);
        x31.intoArray(c, c3 + LANES);
        x40.intoArray(c, c4);
        x41.intoArray(c, c4 + LANES);
        x50.intoArray(c, c5);
        x51.intoArray(c, c5 + LANES);
    }

    /** The same over any number of rows. */
    private static void sixPairsOfRow(
            float[] a,
            int aOffset,
            int pitch,
            float[] b,
            int bOffset,
            int[] offsets,
            int begin,
            int end,
            float[] c,
            int c0,
            int cPitch) {
        int c1 = c0 + cPitch;
        int c2 = c1 + cPitch;
        int c3 = c2 + cPitch;
        int c4 = c3 + cPitch;
        int c5 = c4 + cPitch;
        FloatVector x00 = FloatVector.fromArray(SPECIES, c, c0);
        FloatVector x01 = FloatVector.fromArray(SPECIES, c, c0 + LANES);
        FloatVector x10 = FloatVector.fromArray(SPECIES, c, c1);
        FloatVector x11 = FloatVector.fromArray(SPECIES, c, c1 + LANES);
        FloatVector x20 = FloatVector.fromArray(SPECIES, c, c2);
        FloatVector x21 = FloatVector.fromArray(SPECIES, c, c2 + LANES);
        FloatVector x30 = FloatVector.fromArray(SPECIES, c, c3);
        FloatVector x31 = FloatVector.fromArray(SPECIES, c, c3 + LANES);
        FloatVector x40 = FloatVector.fromArray(SPECIES, c, c4);
        FloatVector x41 = FloatVector.fromArray(SPECIES, c, c4 + LANES);
        FloatVector x50 = FloatVector.fromArray(SPECIES, c, c5);
        FloatVector x51 = FloatVector.fromArray(SPECIES, c, c5 + LANES);
        for (int p = begin; p < end; p++) {
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
        x00.intoArray(c, c0);
        x01.intoArray(c, c0 + LANES);
        x10.intoArray(c, c1);
        x11.intoArray(c, c1 + LANES);
        x20.intoArray(c, c2);
        x21.intoArray(c, c2 + LANES);
        x30.intoArray(c, c3);
        x31.intoArray(c, c3 + LANES);
        x40.intoArray(c, c4);
        x41.intoArray(c, c4 + LANES);
        x50.intoArray(c, c5);
        x51.intoArray(c, c5 + LANES);
    }

    /** Four columns of a and three vectors of columns of b. */
    private static void fourTriples(
            float[] a,
            int aOffset,
            int pitch,
            float[] b,
            int bOffset,
            int[] offsets,
            int begin,
            int end,
            float[] c,
            int c0,
            int cPitch) {
        int c1 = c0 + cPitch;
        int c2 = c1 + cPitch;
        int c3 = c2 + cPitch;
        FloatVector x00 = FloatVector.fromArray(SPECIES, c, c0);
        FloatVector x01 = FloatVector.fromArray(SPECIES, c, c0 + LANES);
        FloatVector x02 = FloatVector.fromArray(SPECIES, c, c0 + 2 * LANES);
        FloatVector x10 = FloatVector.fromArray(SPECIES, c, c1);
        FloatVector x11 = FloatVector.fromArray(SPECIES, c, c1 + LANES);
        FloatVector x12 = FloatVector.fromArray(SPECIES, c, c1 + 2 * LANES);
        FloatVector x20 = FloatVector.fromArray(SPECIES, c, c2);
        FloatVector x21 = FloatVector.fromArray(SPECIES, c, c2 + LANES);
        FloatVector x22 = FloatVector.fromArray(SPECIES, c, c2 + 2 * LANES);
        FloatVector x30 = FloatVector.fromArray(SPECIES, c, c3);
        FloatVector x31 = FloatVector.fromArray(SPECIES, c, c3 + LANES);
        FloatVector x32 = FloatVector.fromArray(SPECIES, c, c3 + 2 * LANES);
        for (int p = begin; p < end; p++) {
            int from = aOffset + p * pitch;
            int at = bOffset + offsets[p];
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, at);
            FloatVector b1 = FloatVector.fromArray(SPECIES, b, at + LANES);
            FloatVector b2 = FloatVector.fromArray(SPECIES, b, at + 2 * LANES);
            FloatVector v0 = FloatVector.broadcast(SPECIES, a[from]);
            x00 = v0.fma(b0, x00);
            x01 = v0.fma(b1, x01);
            x02 = v0.fma(b2, x02);
            FloatVector v1 = FloatVector.broadcast(SPECIES, a[from + 1]);
            x10 = v1.fma(b0, x10);
            x11 = v1.fma(b1, x11);
            x12 = v1.fma(b2, x12);
            FloatVector v2 = FloatVector.broadcast(SPECIES, a[from + 2]);
            x20 = v2.fma(b0, x20);
            x21 = v2.fma(b1, x21);
            x22 = v2.fma(b2, x22);
            FloatVector v3 = FloatVector.broadcast(SPECIES, a[from + 3]);
            x30 = v3.fma(b0, x30);
            x31 = v3.fma(b1, x31);
            x32 = v3.fma(b2, x32);
        }
        x00.intoArray(c, c0);
        x01.intoArray(c, c0 + LANES);
        x02.intoArray(c, c0 + 2 * LANES);
        x10.intoArray(c, c1);
        x11.intoArray(c, c1 + LANES);
        x12.intoArray(c, c1 + 2 * LANES);
        x20.intoArray(c, c2);
        x21.intoArray(c, c2 + LANES);
        x22.intoArray(c, c2 + 2 * LANES);
        x30.intoArray(c, c3);
        x31.intoArray(c, c3 + LANES);
        x32.intoArray(c, c3 + 2 * LANES);
    }

    /** Four columns of a and two vectors of columns of b. */
    private static void fourPairs(
            float[] a,
            int aOffset,
            int pitch,
            float[] b,
            int bOffset,
            int[] offsets,
            int begin,
            int end,
            float[] c,
            int c0,
            int cPitch) {
        int c1 = c0 + cPitch;
        int c2 = c1 + cPitch;
        int c3 = c2 + cPitch;
        FloatVector x00 = FloatVector.fromArray(SPECIES, c, c0);
        FloatVector x01 = FloatVector.fromArray(SPECIES, c, c0 + LANES);
        FloatVector x10 = FloatVector.fromArray(SPECIES, c, c1);
        FloatVector x11 = FloatVector.fromArray(SPECIES, c, c1 + LANES);
        FloatVector x20 = FloatVector.fromArray(SPECIES, c, c2);
        FloatVector x21 = FloatVector.fromArray(SPECIES, c, c2 + LANES);
        FloatVector x30 = FloatVector.fromArray(SPECIES, c, c3);
        FloatVector x31 = FloatVector.fromArray(SPECIES, c, c3 + LANES);
        for (int p = begin; p < end; p++) {
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
        }
        x00.intoArray(c, c0);
        x01.intoArray(c, c0 + LANES);
        x10.intoArray(c, c1);
        x11.intoArray(c, c1 + LANES);
        x20.intoArray(c, c2);
        x21.intoArray(c, c2 + LANES);
        x30.intoArray(c, c3);
        x31.intoArray(c, c3 + LANES);
    }

    /** Eight columns of a and one vector of columns of b. */
    private static void eight(
            float[] a,
            int aOffset,
            int pitch,
            float[] b,
            int bOffset,
            int[] offsets,
            int begin,
            int end,
            float[] c,
            int c0,
            int cPitch) {
        int c1 = c0 + cPitch;
        int c2 = c1 + cPitch;
        int c3 = c2 + cPitch;
        int c4 = c3 + cPitch;
        int c5 = c4 + cPitch;
        int c6 = c5 + cPitch;
        int c7 = c6 + cPitch;
        FloatVector x0 = FloatVector.fromArray(SPECIES, c, c0);
        FloatVector x1 = FloatVector.fromArray(SPECIES, c, c1);
        FloatVector x2 = FloatVector.fromArray(SPECIES, c, c2);
        FloatVector x3 = FloatVector.fromArray(SPECIES, c, c3);
        FloatVector x4 = FloatVector.fromArray(SPECIES, c, c4);
        FloatVector x5 = FloatVector.fromArray(SPECIES, c, c5);
        FloatVector x6 = FloatVector.fromArray(SPECIES, c, c6);
        FloatVector x7 = FloatVector.fromArray(SPECIES, c, c7);
        for (int p = begin; p < end; p++) {
            int from = aOffset + p * pitch;
            int at = bOffset + offsets[p];
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, at);
            x0 = FloatVector.broadcast(SPECIES, a[from]).fma(b0, x0);
            x1 = FloatVector.broadcast(SPECIES, a[from + 1]).fma(b0, x1);
            x2 = FloatVector.broadcast(SPECIES, a[from + 2]).fma(b0, x2);
            x3 = FloatVector.broadcast(SPECIES, a[from + 3]).fma(b0, x3);
            x4 = FloatVector.broadcast(SPECIES, a[from + 4]).fma(b0, x4);
            x5 = FloatVector.broadcast(SPECIES, a[from + 5]).fma(b0, x5);
            x6 = FloatVector.broadcast(SPECIES, a[from + 6]).fma(b0, x6);
            x7 = FloatVector.broadcast(SPECIES, a[from + 7]).fma(b0, x7);
        }
        x0.intoArray(c, c0);
        x1.intoArray(c, c1);
        x2.intoArray(c, c2);
        x3.intoArray(c, c3);
        x4.intoArray(c, c4);
        x5.intoArray(c, c5);
        x6.intoArray(c, c6);
        x7.intoArray(c, c7);
    }

    /** Four columns of a and one vector of columns of b. */
    private static void four(
            float[] a,
            int aOffset,
            int pitch,
            float[] b,
            int bOffset,
            int[] offsets,
            int begin,
            int end,
            float[] c,
            int c0,
            int cPitch) {
        int c1 = c0 + cPitch;
        int c2 = c1 + cPitch;
        int c3 = c2 + cPitch;
        FloatVector x0 = FloatVector.fromArray(SPECIES, c, c0);
        FloatVector x1 = FloatVector.fromArray(SPECIES, c, c1);
        FloatVector x2 = FloatVector.fromArray(SPECIES, c, c2);
        FloatVector x3 = FloatVector.fromArray(SPECIES, c, c3);
        for (int p = begin; p < end; p++) {
            int from = aOffset + p * pitch;
            int at = bOffset + offsets[p];
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, at);
            x0 = FloatVector.broadcast(SPECIES, a[from]).fma(b0, x0);
            x1 = FloatVector.broadcast(SPECIES, a[from + 1]).fma(b0, x1);
            x2 = FloatVector.broadcast(SPECIES, a[from + 2]).fma(b0, x2);
            x3 = FloatVector.broadcast(SPECIES, a[from + 3]).fma(b0, x3);
        }
        x0.intoArray(c, c0);
        x1.intoArray(c, c1);
        x2.intoArray(c, c2);
        x3.intoArray(c, c3);
    }
}
