package org.tinytune.train.optimizer;

import org.tinytune.train.settings.Settings;

/**
 * The learning rate falls in steps: {@code decay^floor(progress / interval)}.
 *
 * <p>Source: He et al., "Deep Residual Learning for Image Recognition", CVPR 2016, section 3.4, where it is divided by
 * 10 at regular plateaus. Checked by: SchedulesTest.
 *
 * @param decay factor of a step, in (0, 1]
 * @param interval share of training between two steps, in [1e-6, 1]
 */
public record StepSchedule(double decay, double interval) implements StatelessSchedule {
    /** Below it, a step of training would spend its time on the schedule. */
    private static final double LEAST_INTERVAL = 1e-6;

    /** Checks the ranges. */
    public StepSchedule {
        Settings.require(decay > 0 && decay <= 1, "the decay of the step schedule", decay, "above 0, at most 1");
        Settings.require(
                interval >= LEAST_INTERVAL && interval <= 1,
                "the interval of steps",
                interval,
                LEAST_INTERVAL + " to 1");
    }

    /** Three stages of equal length, each with a tenth of the rate of the one before. */
    public static StepSchedule standard() {
        return new StepSchedule(0.1, 1 / 3.0);
    }

    @Override
    public double factor(double progress) {
        double factor = 1;
        // A step that falls on a boundary belongs to the next stage, although the quotient may be a little short of it.
        for (int steps = (int) (progress / interval + 1e-9); steps > 0; steps--) {
            factor *= decay;
        }
        return factor;
    }
}
