package org.tinytune.train;

/** Losses and points, summed up in the order of the samples. */
final class Tally {
    private int samples;
    private double points;
    private double loss;

    void add(double sampleLoss, double samplePoint) {
        samples++;
        points += samplePoint;
        loss += sampleLoss;
    }

    int samples() {
        return samples;
    }

    /** The mean loss; NaN if there are no samples. */
    double loss() {
        return loss / samples;
    }

    /** The mean point; NaN if there are no samples. */
    double meanPoint() {
        return points / samples;
    }
}
