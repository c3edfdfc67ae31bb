package org.tinytune.core.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Sums by column on the Vector API; lanes are columns. Each method returns how many columns it has summed. */
final class VectorApiColumns {
    private static final VectorSpecies<Float> SPECIES = VectorApiMath.SPECIES;
    private static final int LANES = SPECIES.length();

    private VectorApiColumns() {}

    static int sums(float[] x, int xOffset, int rows, int columns, float[] sums, int sumsOffset) {
        int c = 0;
        for (; c + LANES <= columns; c += LANES) {
            FloatVector zero = FloatVector.zero(SPECIES);
            FloatVector s0 = zero;
            FloatVector s1 = zero;
            FloatVector s2 = zero;
            FloatVector s3 = zero;
            int i = xOffset + c;
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
            s0.add(s1).add(s2.add(s3)).intoArray(sums, sumsOffset + c);
        }
        return c;
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
            FloatVector xc = FloatVector.fromArray(SPECIES, xCenter, c);
            FloatVector yc = FloatVector.fromArray(SPECIES, yCenter, c);
            FloatVector zero = FloatVector.zero(SPECIES);
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
        return c;
    }

    private static FloatVector step(
            float[] x, int i, FloatVector xc, float[] y, int j, FloatVector yc, FloatVector sum) {
        FloatVector left = FloatVector.fromArray(SPECIES, x, i).sub(xc);
        return left.fma(FloatVector.fromArray(SPECIES, y, j).sub(yc), sum);
    }
}
