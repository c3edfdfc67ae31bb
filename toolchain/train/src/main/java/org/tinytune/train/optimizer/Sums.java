package org.tinytune.train.optimizer;

/** Sums in a fixed order. */
final class Sums {
    private Sums() {}

    /** The sum of squares, in four chains so that additions overlap: element i goes to chain i mod 4. */
    static double squares(float[] x, int begin, int end) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = begin;
        for (; i + 4 <= end; i += 4) {
            s0 += (double) x[i] * x[i];
            s1 += (double) x[i + 1] * x[i + 1];
            s2 += (double) x[i + 2] * x[i + 2];
            s3 += (double) x[i + 3] * x[i + 3];
        }
        for (; i < end; i++) {
            s0 += (double) x[i] * x[i];
        }
        return (s0 + s1) + (s2 + s3);
    }
}
