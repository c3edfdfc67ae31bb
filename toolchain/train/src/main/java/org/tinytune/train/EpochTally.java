package org.tinytune.train;

/** Losses and points of an epoch in training. */
final class EpochTally {
    private final Tally all = new Tally();
    private final Tally late = new Tally();
    private final int lateFrom;
    private double first = Double.NaN;

    /** @param steps of the epoch; 0 for none */
    EpochTally(int steps) {
        this.lateFrom = steps / 2;
    }

    /** Adds a sample of a step, counted from 0. */
    void add(int step, double loss, double point) {
        all.add(loss, point);
        if (step >= lateFrom) {
            late.add(loss, point);
        }
    }

    /** All samples of a step have been added. */
    void stepEnded(int step) {
        if (step == 0) {
            first = all.loss();
        }
    }

    /** All samples so far. */
    Tally all() {
        return all;
    }

    /** The mean loss of the later half of the steps; NaN before it. */
    double lateLoss() {
        return late.loss();
    }

    /** The mean loss of the first batch; NaN before it. */
    double firstLoss() {
        return first;
    }
}
