package org.tinytune.core.decision;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Makes events of the scores of a classifier on a stream: scores are averaged over the latest results, and the class
 * with the highest average is an event if the average reaches a threshold, it is not one to ignore, and the latest
 * event is long enough ago. Integers only; not for several threads.
 *
 * <p>Checked by: TriggerTest, ClassifierDifferentialTest.
 */
public final class Trigger {
    /** No event. */
    public static final int NOTHING = -1;

    private final int results;
    private final int threshold;
    private final int pause;
    private final BitSet ignored;
    private final int[][] latest;
    private final int[] sums;
    private int next;
    private int seen;
    private int paused;

    /** Before the first result. */
    public Trigger(ClassScores scores, TriggerSettings settings) {
        results = settings.results();
        threshold = threshold(scores, settings);
        pause = settings.pause();
        ignored = settings.ignored();
        latest = new int[results][scores.classes()];
        sums = new int[scores.classes()];
    }

    /** The score that an average has to reach: in int16, the least of all where scores are logits. */
    public static int threshold(ClassScores scores, TriggerSettings settings) {
        return scores.areProbabilities() ? scores.ofProbability(settings.threshold()) : Short.MIN_VALUE;
    }

    /** Forgets all results. */
    public void reset() {
        for (int[] scores : latest) {
            Arrays.fill(scores, 0);
        }
        Arrays.fill(sums, 0);
        next = 0;
        seen = 0;
        paused = 0;
    }

    /** The average score of a class over the latest results; those that have not been yet count as 0. */
    public double average(int outputClass) {
        return (double) sums[outputClass] / results;
    }

    /**
     * Takes a result.
     *
     * @param scores of each class, in int16
     * @return the class that has just been recognised; {@link #NOTHING} most of the time
     */
    public int update(int[] scores) {
        for (int c = 0; c < sums.length; c++) {
            sums[c] += scores[c] - latest[next][c];
            latest[next][c] = scores[c];
        }
        next = next + 1 < results ? next + 1 : 0;
        seen = Math.min(seen + 1, results);
        if (paused > 0) {
            paused--;
            return NOTHING;
        }
        int best = ClassScores.winner(sums);
        if (seen < results || ignored.get(best) || sums[best] < threshold * results) {
            return NOTHING;
        }
        paused = pause;
        return best;
    }
}
