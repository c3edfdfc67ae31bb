package org.tinytune.train.optimizer;

import org.tinytune.train.settings.Settings;

/**
 * The learning rate rises in a straight line from nearly 0, then falls to 0 as half a cosine does.
 *
 * <p>Source: Loshchilov and Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts", ICLR 2017, equation 5,
 * without restarts; Goyal et al., "Accurate, Large Minibatch SGD", 2017, section 2.2, for the warm-up.
 *
 * @param warmUp share of all steps in which it rises, in [0, 1)
 */
public record CosineSchedule(double warmUp) implements StatelessSchedule {
    /** Enough for the running averages of batch norm and Adam to settle. */
    private static final double USUAL_WARM_UP = 0.05;

    /** Checks the range. */
    public CosineSchedule {
        Settings.requireShare("the warm-up of the cosine schedule", warmUp);
    }

    /** With a short warm-up. */
    public static CosineSchedule standard() {
        return new CosineSchedule(USUAL_WARM_UP);
    }

    @Override
    public double factor(double progress) {
        if (progress < warmUp) {
            // Never 0: a first step that moves nothing is wasted.
            return Math.max(progress / warmUp, 0.05);
        }
        return 0.5 * (1 + StrictMath.cos(StrictMath.PI * (progress - warmUp) / (1 - warmUp)));
    }
}
