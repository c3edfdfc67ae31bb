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

    /** Forgets all. */
    void clear() {
        samples = 0;
        points = 0;
        loss = 0;
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
