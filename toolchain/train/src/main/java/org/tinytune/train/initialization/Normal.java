package org.tinytune.train.initialization;

import org.tinytune.train.settings.Settings;

/**
 * Normally distributed, the same for all operators.
 *
 * @param deviation standard deviation, above 0
 */
public record Normal(double deviation) implements Initializer {
    /** Checks the range. */
    public Normal {
        Settings.requirePositive("the deviation of normal weights", deviation);
    }

    /** Source: keras:keras/src/initializers/random_initializers.py, RandomNormal. */
    public static Normal standard() {
        return new Normal(0.05);
    }

    @Override
    public Distribution distribution(Fans fans) {
        return new Distribution(Distribution.Shape.NORMAL, deviation);
    }
}
