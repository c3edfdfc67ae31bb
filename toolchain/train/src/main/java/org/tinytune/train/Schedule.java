package org.tinytune.train;

/** The learning rate over a training run. */
@FunctionalInterface
public interface Schedule {
    /**
     * The factor of the peak learning rate.
     *
     * @param step from 0
     * @param steps of the whole run
     * @return in [0, 1]
     */
    double factor(long step, long steps);

    /** The peak all the time. */
    static Schedule constant() {
        return (step, steps) -> 1;
    }

    /**
     * Rises in a straight line, then falls to 0 along half a cosine.
     *
     * <p>Source: Loshchilov and Hutter, SGDR: stochastic gradient descent with warm restarts, ICLR 2017, equation 5,
     * with one cycle and a minimum of 0.
     *
     * @param warmUp share of the steps that rise, in [0, 1)
     */
    static Schedule cosine(double warmUp) {
        return (step, steps) -> {
            double rising = warmUp * steps;
            if (step < rising) {
                return (step + 1) / (rising + 1);
            }
            return 0.5 * (1 + StrictMath.cos(Math.PI * (step - rising) / (steps - rising)));
        };
    }
}
