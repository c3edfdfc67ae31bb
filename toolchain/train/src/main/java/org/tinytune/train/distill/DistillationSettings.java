package org.tinytune.train.distill;

import org.tinytune.train.settings.Settings;

/**
 * How much a student listens to its teacher.
 *
 * @param alpha share of the teacher in the loss, in [0, 1]; labels have the rest
 * @param temperature that logits are divided by before they are compared, above 0: the higher, the more the teacher's
 *     opinion of wrong classes counts
 */
public record DistillationSettings(double alpha, double temperature) {
    /** Checks the ranges. */
    public DistillationSettings {
        Settings.require(alpha >= 0 && alpha <= 1, "the teacher's share", alpha, "0 to 1");
        Settings.requirePositive("temperature", temperature);
    }

    /** Both count the same, at a temperature within the range in which the source found no great difference. */
    public static DistillationSettings standard() {
        return new DistillationSettings(0.5, 4);
    }
}
