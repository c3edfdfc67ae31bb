package org.tinytune.train.optimizer;

import org.tinytune.train.settings.Settings;

/**
 * One cycle: the learning rate rises as half a cosine from a fraction to its peak, and falls as another to far below
 * where it began. Momentum stays as it is.
 *
 * <p>Source: Smith and Topin, "Super-Convergence: Very Fast Training of Neural Networks Using Large Learning Rates",
 * 2019, section 3, with cosines for straight lines and the constants of pytorch:torch/optim/lr_scheduler.py,
 * OneCycleLR. Checked by: SchedulesTest.
 *
 * @param rise share of all steps in which it rises, in (0, 1)
 * @param first factor that it begins with, in (0, 1]
 * @param last factor that it ends with, in [0, 1]
 */
public record OneCycleSchedule(double rise, double first, double last) implements StatelessSchedule {
    /** Checks the ranges. */
    public OneCycleSchedule {
        Settings.require(rise > 0 && rise < 1, "the rise of the cycle", rise, "above 0, below 1");
        Settings.require(first > 0 && first <= 1, "the first factor of the cycle", first, "above 0, at most 1");
        Settings.require(last >= 0 && last <= 1, "the last factor of the cycle", last, "0 to 1");
    }

    /** Up in three tenths of the steps from a 25th, and down to a 250 000th. */
    public static OneCycleSchedule standard() {
        return new OneCycleSchedule(0.3, 1 / 25.0, 1 / 25.0 / 1e4);
    }

    @Override
    public double factor(double progress) {
        return progress < rise ? between(first, 1, progress / rise) : between(1, last, (progress - rise) / (1 - rise));
    }

    /** Half a cosine. */
    private static double between(double from, double to, double share) {
        return to + (from - to) * 0.5 * (1 + StrictMath.cos(StrictMath.PI * share));
    }
}
