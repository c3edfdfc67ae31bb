package org.tinytune.train.optimizer;

import org.tinytune.train.network.ParameterArrays;
import org.tinytune.train.network.ParameterRange;
import org.tinytune.train.settings.Settings;

/**
 * A penalty on weights, which is part of what is minimized, so that it goes through the gradient: {@code l1 · Σ|w| + l2
 * / 2 · Σw²}, of which the gradient is {@code l1 · sign(w) + l2 · w}. Biases and the like are not penalized. The loss
 * that is reported is without it.
 *
 * <p>Source: Goodfellow, Bengio and Courville, "Deep Learning", 2016, equations 7.2 and 7.18. Checked by:
 * RegularizedUpdateTest.
 *
 * @param l1 0 or more
 * @param l2 0 or more
 */
public record Penalty(double l1, double l2) {
    /** No penalty. */
    public static final Penalty NONE = new Penalty(0, 0);

    /** Checks the ranges. */
    public Penalty {
        Settings.requireNotNegative("l1", l1);
        Settings.requireNotNegative("l2", l2);
    }

    /** Adds its gradient. */
    void addTo(ParameterArrays parameters, ParameterRange range) {
        if (!range.weights() || equals(NONE)) {
            return;
        }
        float[] values = parameters.values();
        float[] gradient = parameters.gradient();
        float linear = (float) l1;
        float square = (float) l2;
        for (int i = range.begin(); i < range.end(); i++) {
            // Math.signum is 0 at 0: a weight that is gone stays until the loss calls for it.
            gradient[i] = gradient[i] + (linear * Math.signum(values[i]) + square * values[i]);
        }
    }
}
