package org.tinytune.train.optimizer;

import org.tinytune.train.settings.Settings;

/**
 * The learning rate falls by the same share in every step: {@code last^progress}.
 *
 * <p>Checked by: SchedulesTest.
 *
 * @param last factor that it comes down to at the end, in (0, 1]
 */
public record ExponentialSchedule(double last) implements StatelessSchedule {
    /** Checks the range. */
    public ExponentialSchedule {
        Settings.require(last > 0 && last <= 1, "the last factor of the schedule", last, "above 0, at most 1");
    }

    /** Down to a hundredth, as far as the last of {@link StepSchedule#standard}. */
    public static ExponentialSchedule standard() {
        return new ExponentialSchedule(0.01);
    }

    @Override
    public double factor(double progress) {
        return StrictMath.pow(last, progress);
    }
}
