package org.tinytune.train.initialization;

import org.tinytune.train.settings.Settings;

/**
 * Uniformly distributed, the same for all operators.
 *
 * @param limit the greatest magnitude, above 0
 */
public record Uniform(double limit) implements Initializer {
    /** Checks the range. */
    public Uniform {
        Settings.requirePositive("the limit of uniform weights", limit);
    }

    /** Source: keras:keras/src/initializers/random_initializers.py, RandomUniform. */
    public static Uniform standard() {
        return new Uniform(0.05);
    }

    @Override
    public Distribution distribution(Fans fans) {
        return new Distribution(Distribution.Shape.UNIFORM, limit / Math.sqrt(3));
    }
}
