package org.tinytune.search.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.tinytune.search.gp.GaussianProcess;
import org.tinytune.search.gp.GaussianProcess.Prediction;
import org.tinytune.search.gp.Geometry;
import org.tinytune.search.gp.NormalDistribution;

class AcquisitionTest {
    private static final Geometry LINE = new Geometry(true);
    private static final GaussianProcess RISING = process(1, 2, 3, 4, 5);
    /** Met on the left, violated on the right. */
    private static final GaussianProcess CONSTRAINT = process(-2, -1, 0, 1, 2);

    private static GaussianProcess process(double... values) {
        return GaussianProcess.fit(LINE, new double[][] {{0.1}, {0.3}, {0.5}, {0.7}, {0.9}}, values);
    }

    /** E[max(0, f − best)] by the trapezoidal rule. */
    @Test
    void isTheLogarithmOfTheExpectedImprovement() {
        double[] point = {0.6};
        Prediction prediction = RISING.predict(point);
        for (double best : new double[] {3, 3.6, 4}) {
            double sum = 0;
            double step = 0.001;
            for (double z = -10; z < 10; z += step) {
                double improvement = Math.max(0, prediction.mean() + z * prediction.deviation() - best);
                sum += improvement * Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) * step;
            }
            double value = new Acquisition(RISING, OptionalDouble.of(best), List.of()).value(point);
            assertThat(value).as("best %s", best).isCloseTo(Math.log(sum), within(1e-4));
        }
    }

    @Test
    void addsTheLogarithmOfEachProbability() {
        double[] point = {0.45};
        double alone = new Acquisition(RISING, OptionalDouble.of(3), List.of()).value(point);
        double both = new Acquisition(RISING, OptionalDouble.of(3), List.of(CONSTRAINT, CONSTRAINT)).value(point);
        Prediction prediction = CONSTRAINT.predict(point);
        double probability = NormalDistribution.logCumulative(-prediction.mean() / prediction.deviation());
        assertThat(both - alone).isCloseTo(2 * probability, within(1e-12));
        assertThat(probability).isNegative();
    }

    @Test
    void isTheProbabilityAloneWithoutAFeasibleTrial() {
        Acquisition acquisition = new Acquisition(RISING, OptionalDouble.empty(), List.of(CONSTRAINT));
        assertThat(acquisition.value(new double[] {0.2}))
                .isEqualTo(Acquisition.logFeasibility(new double[] {0.2}, List.of(CONSTRAINT)))
                .isGreaterThan(acquisition.value(new double[] {0.8}));
        assertThat(new Acquisition(RISING, OptionalDouble.empty(), List.of()).value(new double[] {0.2}))
                .isZero();
    }

    /** Where an improvement has a probability below the smallest double, there is still a better and a worse. */
    @Test
    void tellsHopelessPointsApart() {
        Acquisition acquisition = new Acquisition(RISING, OptionalDouble.of(1e6), List.of());
        double better = acquisition.value(new double[] {0.9});
        double worse = acquisition.value(new double[] {0.1});
        assertThat(better).isLessThan(-1000).isGreaterThan(worse);
        assertThat(worse).isFinite();
    }
}
