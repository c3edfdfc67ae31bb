package org.tinytune.train;

import java.util.Arrays;

/** Losses and points of an epoch in training. */
final class EpochTally {
    private final Tally all = new Tally();
    /** The mean losses of the later half of the steps. */
    private final double[] late;

    private final int lateFrom;
    private final Tally ofStep = new Tally();
    private int lateSteps;
    private double first = Double.NaN;

    /** @param steps of the epoch; 0 for none */
    EpochTally(int steps) {
        this.lateFrom = steps / 2;
        this.late = new double[steps - lateFrom];
    }

    /** Adds a sample of the current step. */
    void add(double loss, double point) {
        all.add(loss, point);
        ofStep.add(loss, point);
    }

    /** All samples of a step, counted from 0, have been added. */
    void stepEnded(int step) {
        if (step == 0) {
            first = ofStep.loss();
        }
        if (step >= lateFrom) {
            late[lateSteps++] = ofStep.loss();
        }
        ofStep.clear();
    }

    /** All samples so far. */
    Tally all() {
        return all;
    }

    /**
     * The median of the mean losses of the later half of the steps, which a single sample of great weight does not
     * decide; NaN before it.
     */
    double lateLoss() {
        if (lateSteps == 0) {
            return Double.NaN;
        }
        double[] sorted = Arrays.copyOf(late, lateSteps);
        Arrays.sort(sorted);
        return sorted[(lateSteps - 1) / 2];
    }

    /** The mean loss of the first batch; NaN before it. */
    double firstLoss() {
        return first;
    }
}
