package org.tinytune.train;

import java.util.Locale;
import org.tinytune.data.Samples;
import org.tinytune.train.Epoch.Phase;
import org.tinytune.train.data.SampleFeed;
import org.tinytune.train.loss.Loss;
import org.tinytune.train.task.Task;

/**
 * When a phase of a training has diverged: once the median loss of the later half of an epoch's steps is far above the
 * loss that there was without any training, as what is learned is worse than nothing. Far above is more than
 * {@value #FACTOR} times as much; in integers {@value #FACTOR_IN_INTEGERS} times, as they begin with a network that has
 * learned, and saturate. As long as a phase has had fewer than {@value #FEW_STEPS} steps, it is {@value #BEYOND_HELP}
 * times.
 *
 * <p>The loss without any training is the greatest of three: the one of outputs that are all 0, over the training
 * samples, which is the logarithm of the number of classes for cross-entropy, and 1 for the squared error of
 * standardized quantities; the one of the first batch of the phase, before any update, for networks that begin badly;
 * and {@value #FLOOR}, for tasks where 0 is right. Steps of the earlier half do not count, so that a network may
 * recover from the first ones.
 *
 * <p>Checked by: DivergenceTest, TrainingPhaseTest.
 */
final class Divergence {
    private static final double FACTOR = 5;
    private static final double FACTOR_IN_INTEGERS = 2;
    private static final int FEW_STEPS = 20;
    private static final double BEYOND_HELP = 1000;
    private static final double FLOOR = 0.1;
    private static final double WORTH_KEEPING = 2;

    private final double factor;
    private final double untrained;
    private double first = Double.NaN;

    /** @param ofNothing the mean loss of outputs that are all 0 */
    Divergence(Phase phase, double ofNothing) {
        this.factor = phase == Phase.INT8 ? FACTOR_IN_INTEGERS : FACTOR;
        this.untrained = Math.max(FLOOR, ofNothing);
    }

    /** The mean loss of outputs that are all 0. */
    static double lossOfNothing(Samples samples, SampleFeed feed, Task task, Loss loss, int outputs) {
        float[] encoded = new float[task.isReconstruction() ? samples.shape().elements() : 0];
        float[] nothing = new float[outputs];
        float[] target = new float[outputs];
        float[] unused = new float[outputs];
        double sum = 0;
        for (int i = 0; i < samples.size(); i++) {
            if (encoded.length > 0) {
                feed.readEncoded(i, encoded);
            }
            task.target(samples, i, encoded, 0, target);
            sum += loss.compute(nothing, 0, target, 0, outputs, 1, unused, 0);
        }
        return sum / samples.size();
    }

    /** The loss of the first batch of the phase; NaN before it. */
    double first() {
        return first;
    }

    /** Tells of it; only the first time counts. */
    void begin(double lossOfFirstBatch) {
        if (Double.isNaN(first)) {
            first = lossOfFirstBatch;
        }
    }

    /**
     * Whether a loss is too high for a network that learns.
     *
     * @param steps of the phase so far
     */
    boolean isReached(double loss, long steps) {
        return !(loss <= (steps < FEW_STEPS ? BEYOND_HELP : factor) * reference());
    }

    /** Whether weights of this loss are worth keeping when training diverges behind them. */
    boolean isWorthKeeping(double loss) {
        return loss <= WORTH_KEEPING * reference();
    }

    private double reference() {
        return Double.isNaN(first) ? untrained : Math.max(untrained, first);
    }

    /** What a loss that is too high looks like. */
    String describe(double loss) {
        return Double.isFinite(loss)
                ? String.format(
                        Locale.ROOT, "the loss rose to %.4g, that of an untrained network is %.4g", loss, reference())
                : "the loss is no number any more";
    }
}
