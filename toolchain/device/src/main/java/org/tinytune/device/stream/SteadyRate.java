package org.tinytune.device.stream;

import java.util.Arrays;
import java.util.List;

/**
 * How often moments come.
 *
 * @param hz moments a second
 * @param jitterMillis by which they miss the times of a steady rate: the root of the mean square
 */
record SteadyRate(double hz, double jitterMillis) {
    /** A rate is rounded by no more than this part of it. */
    private static final double ROUNDING = 0.002;

    /** A longer step than as many usual ones is a gap. */
    private static final double GAP_STEPS = 1.5;

    /**
     * A moment.
     *
     * @param number in order; numbers that are missing were moments too
     * @param seconds when it was
     */
    record Moment(long number, double seconds) {}

    /**
     * The straight line through all moments, by least squares: jitter of the line cancels out in it.
     *
     * @param moments at least two, at different times
     */
    static SteadyRate through(List<Moment> moments) {
        double meanNumber =
                moments.stream().mapToDouble(Moment::number).average().orElseThrow();
        double meanSeconds =
                moments.stream().mapToDouble(Moment::seconds).average().orElseThrow();
        double product = 0;
        double square = 0;
        for (Moment moment : moments) {
            double from = moment.number() - meanNumber;
            product += from * (moment.seconds() - meanSeconds);
            square += from * from;
        }
        double period = product / square;
        double missed = 0;
        for (Moment moment : moments) {
            double by = moment.seconds() - meanSeconds - period * (moment.number() - meanNumber);
            missed += by * by;
        }
        return new SteadyRate(1 / period, 1e3 * Math.sqrt(missed / moments.size()));
    }

    /**
     * One over the mean step, gaps left out: of times that the board itself took.
     *
     * @param steps in seconds, at least one above 0
     */
    static double ofSteps(double[] steps) {
        double[] sorted = Arrays.stream(steps).sorted().toArray();
        double longest = GAP_STEPS * sorted[sorted.length / 2];
        return 1
                / Arrays.stream(steps).filter(step -> step <= longest).average().orElseThrow();
    }

    /** The roundest number near a rate: of the fewest digits within {@value #ROUNDING} of it. */
    static double rounded(double hz) {
        for (double unit = Math.pow(10, Math.floor(Math.log10(hz))); unit > 1e-6; unit /= 10) {
            double round = Math.rint(hz / unit) * unit;
            if (Math.abs(round - hz) <= ROUNDING * hz) {
                return Math.rint(round * 1e6) / 1e6;
            }
        }
        return hz;
    }
}
