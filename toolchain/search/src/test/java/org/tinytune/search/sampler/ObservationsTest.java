package org.tinytune.search.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tinytune.search.gp.GaussianProcess;
import org.tinytune.search.gp.Geometry;
import org.tinytune.search.space.Parameters;
import org.tinytune.search.trial.FrozenTrial;
import org.tinytune.search.trial.TrialState;

class ObservationsTest {
    private static final Geometry LINE = new Geometry(true);

    @Test
    void countsWhatWasEvaluated() {
        List<FrozenTrial> trials = List.of(
                Trials.complete(0, x(0.1), 1),
                Trials.trial(1, TrialState.INFEASIBLE, x(0.2), List.of(), List.of(1.0)),
                Trials.trial(2, TrialState.FAILED, x(0.3), List.of(), List.of()),
                Trials.trial(3, TrialState.PRUNED, x(0.4), List.of(), List.of()),
                Trials.trial(4, TrialState.PRUNED, x(0.5), List.of(0.5), List.of()),
                Trials.running(5, x(0.6)));
        assertThat(objective(trials, 100).size()).isEqualTo(4);
        assertThat(objective(List.of(), 100).size()).isZero();
    }

    /** The best at 0, the one of median regret at −log 2, and each where its rank puts it. */
    @Test
    void spreadsTheTop() {
        List<FrozenTrial> trials = List.of(
                Trials.complete(0, x(0.1), 10),
                Trials.complete(1, x(0.3), 9),
                Trials.complete(2, x(0.5), 7),
                Trials.complete(3, x(0.7), 4),
                Trials.complete(4, x(0.9), -290));
        assertThat(objective(trials, 100).values())
                .containsExactly(
                        new double[] {0, -Math.log(1 + 1 / 3.0), -Math.log(2), -Math.log(3), -Math.log(101)},
                        within(1e-14));
    }

    @Test
    void whatHasNoValueCountsAsTheWorst() {
        List<FrozenTrial> trials = List.of(
                Trials.complete(0, x(0.1), 3),
                Trials.trial(1, TrialState.FAILED, x(0.2), List.of(), List.of()),
                Trials.complete(2, x(0.3), 1),
                Trials.trial(3, TrialState.PRUNED, x(0.4), List.of(), List.of()),
                Trials.complete(4, x(0.5), 2));
        double[] values = objective(trials, 100).values();
        assertThat(values[1]).isEqualTo(values[2]);
        assertThat(values[3]).isEqualTo(values[2]);
        assertThat(values[2]).isLessThan(values[4]);
    }

    @Test
    void keepsTheBestAndTheNewest() {
        List<FrozenTrial> trials = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            trials.add(Trials.complete(i, x(i / 20.0), i == 3 || i == 11 || i == 17 ? 100 + i : i % 5));
        }
        Observations kept = objective(trials, 6);
        assertThat(xs(kept)).containsExactlyInAnyOrder(11 / 20.0, 3 / 20.0, 4 / 20.0, 17 / 20.0, 18 / 20.0, 19 / 20.0);
    }

    private static double[] xs(Observations observations) {
        return Arrays.stream(observations.points())
                .mapToDouble(point -> point[0])
                .toArray();
    }

    @Test
    void quotientsThatOverflowStayFinite() {
        List<FrozenTrial> trials = List.of(
                Trials.complete(0, x(0.1), 1e-300),
                Trials.complete(1, x(0.2), 0),
                Trials.complete(2, x(0.3), -1e300, 1e300),
                Trials.complete(3, x(0.4), 1e-300, -1e-300),
                Trials.complete(4, x(0.5), 0, 1e-300));
        for (double value : objective(trials, 100).values()) {
            assertThat(value).isFinite();
        }
        for (double value : constraint(trials, 100).values()) {
            assertThat(value).isFinite();
        }
    }

    @Test
    void constraintsKeepTheirSignAndTheirLimit() {
        List<FrozenTrial> trials = List.of(
                Trials.complete(0, x(0.1), 1, -4.0),
                Trials.complete(1, x(0.2), 1, 0.0),
                Trials.complete(2, x(0.3), 1, 2.0),
                Trials.trial(3, TrialState.INFEASIBLE, x(0.4), List.of(), List.of(600.0)),
                Trials.trial(4, TrialState.FAILED, x(0.5), List.of(), List.of()));
        double unit = 4; // the median of 0, 2, 4, 600: the upper one
        assertThat(constraint(trials, 100).values())
                .containsExactly(
                        new double[] {0, Math.log1p(2 / unit), -Math.log1p(4 / unit), Math.log1p(600 / unit)},
                        within(1e-14));
        assertThat(xs(constraint(trials, 2))).containsExactly(0.2, 0.3);
    }

    @Test
    void aConstraintThatIsAlwaysMetIsNotLearned() {
        List<FrozenTrial> trials = List.of(Trials.complete(0, x(0.1), 1, -4.0), Trials.complete(1, x(0.2), 1, 0.0));
        assertThat(Observations.ofConstraint(TestSpaces.LINE, trials, 0, 100)).isEmpty();
        assertThat(Observations.ofConstraint(TestSpaces.LINE, List.of(), 0, 100))
                .isEmpty();
    }

    @Test
    void fitsAProcess() {
        List<FrozenTrial> trials = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            trials.add(Trials.complete(i, x(i / 10.0), -Math.pow(i / 10.0 - 0.4, 2)));
        }
        GaussianProcess process = objective(trials, 100).fit(LINE);
        double there = process.predict(new double[] {0.4}).mean();
        assertThat(there).isGreaterThan(process.predict(new double[] {0.1}).mean());
        assertThat(there).isGreaterThan(process.predict(new double[] {0.9}).mean());
    }

    private static Observations objective(List<FrozenTrial> trials, int limit) {
        return Observations.ofObjective(TestSpaces.LINE, trials, limit);
    }

    private static Observations constraint(List<FrozenTrial> trials, int limit) {
        return Observations.ofConstraint(TestSpaces.LINE, trials, 0, limit).orElseThrow();
    }

    private static Parameters x(double x) {
        return Trials.at("x", x);
    }
}
