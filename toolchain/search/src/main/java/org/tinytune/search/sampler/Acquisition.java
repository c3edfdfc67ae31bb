package org.tinytune.search.sampler;

import java.util.List;
import java.util.OptionalDouble;
import org.tinytune.search.gp.GaussianProcess;
import org.tinytune.search.gp.NormalDistribution;

/**
 * How promising a point is: the logarithm of the expected improvement on the best feasible trial, times the probability
 * that the point is feasible. As long as nothing feasible is known, the probability alone.
 *
 * <p>Source: Schonlau, Welch, Jones 1998; Gardner et al., Bayesian optimization with inequality constraints, ICML 2014.
 *
 * @param objective of the first objective
 * @param best the objective's mean at the best feasible trial: the mean, since a single value may be luck
 * @param constraints one for each constraint that may be violated
 */
record Acquisition(GaussianProcess objective, OptionalDouble best, List<GaussianProcess> constraints) {

    /** Larger is better. */
    double value(double[] point) {
        double value = logFeasibility(point, constraints);
        if (best.isPresent()) {
            GaussianProcess.Prediction prediction = objective.predict(point);
            double z = (prediction.mean() - best.getAsDouble()) / prediction.deviation();
            value += StrictMath.log(prediction.deviation()) + NormalDistribution.logExpectedImprovement(z);
        }
        return value;
    }

    /** The logarithm of the probability that all constraints are met. */
    static double logFeasibility(double[] point, List<GaussianProcess> constraints) {
        double sum = 0;
        for (GaussianProcess constraint : constraints) {
            GaussianProcess.Prediction prediction = constraint.predict(point);
            sum += NormalDistribution.logCumulative(-prediction.mean() / prediction.deviation());
        }
        return sum;
    }
}
