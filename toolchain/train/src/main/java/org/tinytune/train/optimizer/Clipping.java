package org.tinytune.train.optimizer;

import org.tinytune.train.network.ParameterRange;
import org.tinytune.train.settings.Settings;

/**
 * Bounds of the gradient. Where both are set, elements are bounded first.
 *
 * <p>Source: Mikolov, "Statistical Language Models Based on Neural Networks", 2012, section 3.2.2, by value; Pascanu,
 * Mikolov and Bengio, "On the Difficulty of Training Recurrent Neural Networks", ICML 2013, algorithm 1, by norm.
 * Checked by: RegularizedUpdateTest.
 *
 * @param value greatest magnitude of an element, above 0; infinity for no bound
 * @param norm greatest Euclidean norm of the gradient of all parameters, above 0; infinity for no bound
 */
public record Clipping(double value, double norm) {
    /** No bounds. */
    public static final Clipping NONE = new Clipping(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

    /** Checks the ranges. */
    public Clipping {
        Settings.require(value > 0, "the value to clip gradients at", value, "a number above 0");
        Settings.require(norm > 0, "the norm to clip gradients at", norm, "a number above 0");
    }

    /** By value only. */
    public static Clipping byValue(double value) {
        return new Clipping(value, Double.POSITIVE_INFINITY);
    }

    /** By norm only. */
    public static Clipping byNorm(double norm) {
        return new Clipping(Double.POSITIVE_INFINITY, norm);
    }

    /** Whether the norm is bounded. */
    boolean boundsNorm() {
        return norm < Double.POSITIVE_INFINITY;
    }

    /** Bounds elements. */
    void clipValues(float[] gradient, ParameterRange range) {
        if (value == Double.POSITIVE_INFINITY) {
            return;
        }
        float bound = (float) value;
        for (int i = range.begin(); i < range.end(); i++) {
            gradient[i] = Math.max(-bound, Math.min(bound, gradient[i]));
        }
    }
}
