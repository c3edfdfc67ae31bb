package org.tinytune.train;

import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.train.optimizer.Clipping;
import org.tinytune.train.optimizer.OptimizerSettings;
import org.tinytune.train.optimizer.ScheduleSettings;
import org.tinytune.train.settings.Settings;

/**
 * How weights follow their gradients. Both phases of a training begin anew.
 *
 * @param optimizer with its settings
 * @param learningRate at its peak, above 0
 * @param schedule of the learning rate
 * @param clipping of gradients
 */
public record Optimization(
        OptimizerSettings optimizer, double learningRate, ScheduleSettings schedule, Clipping clipping) {
    /**
     * Checks the range.
     *
     * @throws TinytuneException with {@link ExitCode#USAGE} if a number is out of range
     */
    public Optimization {
        Settings.requirePositive("learning rate", learningRate);
    }

    /** Without clipping. */
    public static Optimization of(OptimizerSettings optimizer, double learningRate, ScheduleSettings schedule) {
        return new Optimization(optimizer, learningRate, schedule, Clipping.NONE);
    }

    /** The same with another learning rate. */
    public Optimization withLearningRate(double other) {
        return new Optimization(optimizer, other, schedule, clipping);
    }

    /** The same with another optimizer. */
    public Optimization with(OptimizerSettings other) {
        return new Optimization(other, learningRate, schedule, clipping);
    }

    /** The same with another schedule. */
    public Optimization with(ScheduleSettings other) {
        return new Optimization(optimizer, learningRate, other, clipping);
    }

    /** The same with other bounds of gradients. */
    public Optimization with(Clipping other) {
        return new Optimization(optimizer, learningRate, schedule, other);
    }
}
