package org.tinytune.nas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.nas.OptimizerResult.Spread;
import org.tinytune.nas.OptimizerResult.Trial;
import org.tinytune.train.TimeToTarget.Outcome;
import org.tinytune.train.TimeToTarget.Run;

/** The arithmetic of the benchmark, on runs made by hand. */
class OptimizerResultTest {
    private static final double NEVER = Double.POSITIVE_INFINITY;

    private static Run reached(int steps, double seconds) {
        return new Run(Outcome.REACHED, steps, seconds, List.of(0.5, 0.96));
    }

    private static Run missed(Outcome outcome, double best) {
        return new Run(outcome, 100, 9, List.of(best, best / 2));
    }

    private static OptimizerResult result(Run... runs) {
        return new OptimizerResult("adam", 0.01, List.of(new Trial(0.01, runs[0])), List.of(runs));
    }

    @Test
    void theMedianIsThatOfAllRunsAndTheRangeThatOfTheSuccessful() {
        OptimizerResult result = result(
                reached(30, 3), missed(Outcome.NOT_REACHED, 0.9), reached(10, 2), reached(20, 7), reached(40, 1));

        assertThat(result.reached()).isEqualTo(4);
        assertThat(result.steps()).isEqualTo(new Spread(30, 10, 40));
        assertThat(result.seconds()).isEqualTo(new Spread(3, 1, 7));
        assertThat(result.epochs()).isEqualTo(new Spread(2, 2, 2));
        assertThat(result.typical()).isEqualTo(reached(30, 3));
    }

    @Test
    void ofAnEvenNumberTheMedianIsBetweenBothInTheMiddle() {
        assertThat(result(reached(10, 1), reached(20, 2)).steps()).isEqualTo(new Spread(15, 10, 20));
        assertThat(result(reached(10, 1), missed(Outcome.NOT_REACHED, 0.9)).steps())
                .isEqualTo(new Spread(NEVER, 10, 10));
        assertThat(result(reached(10, 1), reached(20, 2)).typical()).isEqualTo(reached(10, 1));
    }

    @Test
    void withoutSuccessThereIsNoTime() {
        assertThat(result(missed(Outcome.NOT_REACHED, 0.9), missed(Outcome.DIVERGED, 0.2))
                        .steps())
                .isEqualTo(new Spread(NEVER, NEVER, Double.NEGATIVE_INFINITY));
    }

    @Test
    void tuningChoosesTheFewestStepsThenTheHighestAccuracyThenTheLowestRate() {
        Trial slow = new Trial(0.001, reached(50, 1));
        Trial fast = new Trial(0.01, reached(20, 9));
        Trial good = new Trial(0.1, missed(Outcome.NOT_REACHED, 0.94));
        Trial bad = new Trial(1, missed(Outcome.DIVERGED, 0.2));

        assertThat(OptimizerResult.best(List.of(slow, fast, good, bad))).isEqualTo(fast);
        assertThat(OptimizerResult.best(List.of(bad, good))).isEqualTo(good);
        assertThat(OptimizerResult.best(List.of(slow, new Trial(0.01, reached(50, 1)))))
                .isEqualTo(slow);
    }

    @Test
    void learningRatesAreInEqualRatios() {
        List<Double> rates = plan(0.9, 4).learningRates();

        assertThat(rates).hasSize(4);
        assertThat(rates.get(0)).isCloseTo(0.001, within(1e-15));
        assertThat(rates.get(1)).isCloseTo(0.01, within(1e-14));
        assertThat(rates.get(2)).isCloseTo(0.1, within(1e-13));
        assertThat(rates.get(3)).isCloseTo(1, within(1e-12));
        assertThat(plan(0.9, 1).learningRates().get(0)).isCloseTo(StrictMath.sqrt(1e-3), within(1e-12));
    }

    private static BenchmarkPlan plan(double target, int budget) {
        return new BenchmarkPlan(List.of("adam"), target, 1, budget, 1, 1);
    }

    @ParameterizedTest
    @CsvSource({"0", "-0.5", "1.01", "NaN"})
    void aTargetThatIsNoAccuracyIsRefused(double target) {
        assertThatThrownBy(() -> plan(target, 1))
                .isInstanceOfSatisfying(
                        TinytuneException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
                .hasMessage("target " + target + ": give an accuracy above 0, at most 1");
    }
}
