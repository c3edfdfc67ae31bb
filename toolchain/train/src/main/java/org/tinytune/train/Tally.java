package org.tinytune.train;

/** Losses and hits, summed up in the order of the samples. */
final class Tally {
    private int samples;
    private int hits;
    private double loss;

    void add(double sampleLoss, boolean hit) {
        samples++;
        hits += hit ? 1 : 0;
        loss += sampleLoss;
    }

    int samples() {
        return samples;
    }

    int hits() {
        return hits;
    }

    /** The mean loss; NaN if there are no samples. */
    double loss() {
        return loss / samples;
    }

    /** The share of hits; NaN if there are no samples. */
    double accuracy() {
        return (double) hits / samples;
    }
}
