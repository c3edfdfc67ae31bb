package org.tinytune.search.gp;

/** A function of several variables with its gradient. */
@FunctionalInterface
interface DifferentiableFunction {
    /**
     * The value at a point.
     *
     * @param x [m]
     * @param gradient [m], overwritten, unless the value is infinite
     * @return positive infinity where the function is not defined
     */
    double value(double[] x, double[] gradient);
}
