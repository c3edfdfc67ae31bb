package org.tinytune.core.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Sums by column on the Vector API; lanes are columns. Each method returns how many columns it has summed. */
final class VectorApiColumns {
    private static final VectorSpecies<Float> SPECIES = VectorApiMath.SPECIES;
    private static final int LANES = SPECIES.length();

    private VectorApiColumns() {}

    static int sums(float[] x, int xOffset, int rows, int columns, float[] sums, int sumsOffset) {
        int c = 0;
        for (; c + LANES <= columns; c += LANES) {
            sumsOfOneVector(x, xOffset + c, rows, columns, sums, sumsOffset + c);
        }
        return c;
    }

    private static void sumsOfOneVector(float[] x, int xOffset, int rows, int columns, float[] sums, int to) {
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector s0 = zero;
        FloatVector s1 = zero;
        FloatVector s2 = zero;
        FloatVector s3 = zero;
        int i = xOffset;
        int r = 0;
        for (; r + 3 < rows; r += 4) {
            s0 = s0.add(FloatVector.fromArray(SPECIES, x, i));
            s1 = s1.add(FloatVector.fromArray(SPECIES, x, i + columns));
            s2 = s2.add(FloatVector.fromArray(SPECIES, x, i + 2 * columns));
            s3 = s3.add(FloatVector.fromArray(SPECIES, x, i + 3 * columns));
            i += 4 * columns;
        }
        if (r < rows) {
            s0 = s0.add(FloatVector.fromArray(SPECIES, x, i));
        }
        if (r + 1 < rows) {
            s1 = s1.add(FloatVector.fromArray(SPECIES, x, i + columns));
        }
        if (r + 2 < rows) {
            s2 = s2.add(FloatVector.fromArray(SPECIES, x, i + 2 * columns));
        }
        s0.add(s1).add(s2.add(s3)).intoArray(sums, to);
    }

    static int products(
            float[] x,
            int xOffset,
            float[] xCenter,
            float[] y,
            int yOffset,
            float[] yCenter,
            int rows,
            int columns,
            float[] sums,
            int sumsOffset) {
        int c = 0;
        for (; c + LANES <= columns; c += LANES) {
            productsOfOneVector(x, xOffset, xCenter, y, yOffset, yCenter, c, rows, columns, sums, sumsOffset);
        }
        return c;
    }

    private static void productsOfOneVector(
            float[] x,
            int xOffset,
            float[] xCenter,
            float[] y,
            int yOffset,
            float[] yCenter,
            int c,
            int rows,
            int columns,
            float[] sums,
            int sumsOffset) {
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector xc = FloatVector.fromArray(SPECIES, xCenter, c);
        FloatVector yc = yCenter == null ? zero : FloatVector.fromArray(SPECIES, yCenter, c);
        FloatVector s0 = zero;
        FloatVector s1 = zero;
        FloatVector s2 = zero;
        FloatVector s3 = zero;
        int i = xOffset + c;
        int j = yOffset + c;
        int r = 0;
        for (; r + 3 < rows; r += 4) {
            s0 = step(x, i, xc, y, j, yc, s0);
            s1 = step(x, i + columns, xc, y, j + columns, yc, s1);
            s2 = step(x, i + 2 * columns, xc, y, j + 2 * columns, yc, s2);
            s3 = step(x, i + 3 * columns, xc, y, j + 3 * columns, yc, s3);
            i += 4 * columns;
            j += 4 * columns;
        }
        if (r < rows) {
            s0 = step(x, i, xc, y, j, yc, s0);
        }
        if (r + 1 < rows) {
            s1 = step(x, i + columns, xc, y, j + columns, yc, s1);
        }
        if (r + 2 < rows) {
            s2 = step(x, i + 2 * columns, xc, y, j + 2 * columns, yc, s2);
        }
        s0.add(s1).add(s2.add(s3)).intoArray(sums, sumsOffset + c);
    }

    private static FloatVector step(
            float[] x, int i, FloatVector xc, float[] y, int j, FloatVector yc, FloatVector sum) {
        FloatVector left = FloatVector.fromArray(SPECIES, x, i).sub(xc);
        return left.fma(FloatVector.fromArray(SPECIES, y, j).sub(yc), sum);
    }

    /** {@link VectorMath#maskedColumnProducts} of one vector of columns. */
    static void masked(
            float[] g,
            int gOffset,
            float[] y,
            int yOffset,
            float min,
            float max,
            float[] x,
            int xOffset,
            float[] xCenter,
            int c,
            int rows,
            int columns,
            float[] sums,
            float[] products,
            int sumsOffset) {
        FloatVector center = FloatVector.fromArray(SPECIES, xCenter, c);
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector s0 = zero;
        FloatVector s1 = zero;
        FloatVector s2 = zero;
        FloatVector s3 = zero;
        FloatVector p0 = zero;
        FloatVector p1 = zero;
        FloatVector p2 = zero;
        FloatVector p3 = zero;
        int r = 0;
        int at = c;
        for (; r + 3 < rows; r += 4) {
            FloatVector g0 = mask(g, gOffset + at, y, yOffset + at, min, max);
            s0 = s0.add(g0);
            p0 = FloatVector.fromArray(SPECIES, x, xOffset + at).sub(center).fma(g0, p0);
            int next = at + columns;
            FloatVector g1 = mask(g, gOffset + next, y, yOffset + next, min, max);
            s1 = s1.add(g1);
            p1 = FloatVector.fromArray(SPECIES, x, xOffset + next).sub(center).fma(g1, p1);
            next += columns;
            FloatVector g2 = mask(g, gOffset + next, y, yOffset + next, min, max);
            s2 = s2.add(g2);
            p2 = FloatVector.fromArray(SPECIES, x, xOffset + next).sub(center).fma(g2, p2);
            next += columns;
            FloatVector g3 = mask(g, gOffset + next, y, yOffset + next, min, max);
            s3 = s3.add(g3);
            p3 = FloatVector.fromArray(SPECIES, x, xOffset + next).sub(center).fma(g3, p3);
            at += 4 * columns;
        }
        if (r < rows) {
            FloatVector g0 = mask(g, gOffset + at, y, yOffset + at, min, max);
            s0 = s0.add(g0);
            p0 = FloatVector.fromArray(SPECIES, x, xOffset + at).sub(center).fma(g0, p0);
        }
        if (r + 1 < rows) {
            int next = at + columns;
            FloatVector g1 = mask(g, gOffset + next, y, yOffset + next, min, max);
            s1 = s1.add(g1);
            p1 = FloatVector.fromArray(SPECIES, x, xOffset + next).sub(center).fma(g1, p1);
        }
        if (r + 2 < rows) {
            int next = at + 2 * columns;
            FloatVector g2 = mask(g, gOffset + next, y, yOffset + next, min, max);
            s2 = s2.add(g2);
            p2 = FloatVector.fromArray(SPECIES, x, xOffset + next).sub(center).fma(g2, p2);
        }
        s0.add(s1).add(s2.add(s3)).intoArray(sums, sumsOffset + c);
        p0.add(p1).add(p2.add(p3)).intoArray(products, sumsOffset + c);
    }

    private static FloatVector mask(float[] g, int at, float[] y, int yAt, float min, float max) {
        FloatVector value = FloatVector.fromArray(SPECIES, y, yAt);
        VectorMask<Float> inside = value.compare(VectorOperators.GT, min).and(value.compare(VectorOperators.LT, max));
        FloatVector masked = FloatVector.zero(SPECIES).blend(FloatVector.fromArray(SPECIES, g, at), inside);
        masked.intoArray(g, at);
        return masked;
    }
}
