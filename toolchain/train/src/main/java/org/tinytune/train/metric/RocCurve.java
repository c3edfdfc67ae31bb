package org.tinytune.train.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How well a score tells positive samples from negative ones: the area under the receiver operating characteristic,
 * which is the probability that a positive sample scores higher than a negative one, a tie counting one half.
 *
 * <p>Exact: computed from ranks in integers, in one pass over samples that were sorted once.
 *
 * <p>Source: Hanley, McNeil, "The meaning and use of the area under a receiver operating characteristic (ROC) curve",
 * Radiology 143, 1982. Checked by: MetricsTest, and against scikit-learn by ReferenceMetricsTest.
 */
public final class RocCurve {
    private static final int POSITIVE = 1;
    private static final int LAST_OF_TIES = 2;
    private static final int FLAG_BITS = 2;

    /** Samples by ascending score, each with its flags. */
    private final int[] order;

    /**
     * @param scores one a sample, no NaN
     * @param positive which samples are
     */
    public RocCurve(double[] scores, boolean[] positive) {
        double[] sorted = new double[scores.length];
        for (int i = 0; i < sorted.length; i++) {
            if (Double.isNaN(scores[i])) {
                throw new IllegalArgumentException("the score of sample " + i + " is NaN");
            }
            sorted[i] = scores[i] + 0.0; // no negative zero, which would not tie with zero
        }
        Arrays.sort(sorted);
        this.order = new int[scores.length];
        int[] next = new int[scores.length];
        for (int i = 0; i < scores.length; i++) {
            int first = firstOf(sorted, scores[i] + 0.0);
            order[first + next[first]++] = i << FLAG_BITS | (positive[i] ? POSITIVE : 0);
        }
        for (int j = 0; j < sorted.length; j++) {
            boolean last = j + 1 == sorted.length || sorted[j + 1] > sorted[j];
            order[j] |= last ? LAST_OF_TIES : 0;
        }
    }

    /** Where a value that occurs begins. */
    private static int firstOf(double[] sorted, double value) {
        int low = 0;
        int high = sorted.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /**
     * A point of the curve.
     *
     * @param falsePositives share of negative samples that a threshold takes for positive ones
     * @param truePositives share of positive samples that it takes for such
     */
    public record Point(double falsePositives, double truePositives) {}

    /**
     * The curve, from (0, 0) to (1, 1): a point for each threshold that tells other samples apart, the strictest first.
     *
     * @return empty if there are no positive or no negative samples
     */
    public List<Point> points() {
        int positives = 0;
        for (int entry : order) {
            positives += entry & POSITIVE;
        }
        int negatives = order.length - positives;
        if (positives == 0 || negatives == 0) {
            return List.of();
        }
        List<Point> points = new ArrayList<>();
        int above = 0;
        int positivesAbove = 0;
        for (int j = order.length - 1; j >= 0; j--) {
            if ((order[j] & LAST_OF_TIES) != 0) {
                points.add(point(above, positivesAbove, positives, negatives));
            }
            above++;
            positivesAbove += order[j] & POSITIVE;
        }
        points.add(point(above, positivesAbove, positives, negatives));
        return points;
    }

    private static Point point(int above, int positivesAbove, int positives, int negatives) {
        return new Point((double) (above - positivesAbove) / negatives, (double) positivesAbove / positives);
    }

    /**
     * The area.
     *
     * @param counts how often each sample counts
     * @return in [0, 1]; NaN if there are no positive or no negative samples
     */
    public double area(int[] counts) {
        long positives = 0;
        long negatives = 0;
        long twice = 0;
        long tied = 0;
        long tiedPositives = 0;
        for (int entry : order) {
            int count = counts[entry >> FLAG_BITS];
            tied += count;
            tiedPositives += count & -(entry & POSITIVE);
            if ((entry & LAST_OF_TIES) != 0) {
                long tiedNegatives = tied - tiedPositives;
                twice += tiedPositives * (2 * negatives + tiedNegatives);
                positives += tiedPositives;
                negatives += tiedNegatives;
                tied = 0;
                tiedPositives = 0;
            }
        }
        return (double) twice / (2.0 * positives * negatives);
    }
}
