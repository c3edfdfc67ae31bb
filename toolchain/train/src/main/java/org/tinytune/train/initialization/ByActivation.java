package org.tinytune.train.initialization;

import org.tinytune.train.initialization.Initializer.Distribution.Shape;
import org.tinytune.train.initialization.VarianceScaling.Rule;

/**
 * Follows the activation that comes after: Glorot's normal distribution where it saturates, as tanh and sigmoid do
 * inside of a network, and He's everywhere else.
 */
public record ByActivation() implements Initializer {
    private static final Initializer SATURATING = new VarianceScaling(Rule.GLOROT, Shape.NORMAL);
    private static final Initializer OTHER = new VarianceScaling(Rule.HE, Shape.NORMAL);

    @Override
    public Distribution distribution(Fans fans) {
        return (fans.saturating() ? SATURATING : OTHER).distribution(fans);
    }
}
