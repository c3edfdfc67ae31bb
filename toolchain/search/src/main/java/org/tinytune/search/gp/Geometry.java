package org.tinytune.search.gp;

/**
 * How far two points of the unit cube are apart along each axis: the difference along an ordered axis; 0 or 1, as they
 * are equal or not, along an axis of categories.
 */
public final class Geometry {
    private final boolean[] ordered;

    /** @param ordered [d], whether neighbours along an axis are alike */
    public Geometry(boolean... ordered) {
        this.ordered = ordered.clone();
    }

    /** d. */
    int dimensions() {
        return ordered.length;
    }

    /** Writes (Δ_j)² to {@code out[offset + j]}. */
    void squaredDifferences(double[] a, double[] b, double[] out, int offset) {
        for (int j = 0; j < ordered.length; j++) {
            out[offset + j] = squaredDifference(a, b, j);
        }
    }

    /** r² = Σ weight_j (Δ_j)². */
    double squaredDistance(double[] a, double[] b, double[] weights) {
        double sum = 0;
        for (int j = 0; j < ordered.length; j++) {
            sum += weights[j] * squaredDifference(a, b, j);
        }
        return sum;
    }

    private double squaredDifference(double[] a, double[] b, int j) {
        double difference = a[j] - b[j];
        return ordered[j] ? difference * difference : difference == 0 ? 0 : 1;
    }

    /** 1 / ℓ_j². */
    static double[] weights(double[] lengthscales) {
        double[] weights = new double[lengthscales.length];
        for (int j = 0; j < weights.length; j++) {
            weights[j] = 1 / (lengthscales[j] * lengthscales[j]);
        }
        return weights;
    }
}
