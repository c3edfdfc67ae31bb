package org.tinytune.nas;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tinytune.search.space.Parameters;
import org.tinytune.search.trial.Feasibility;
import org.tinytune.search.trial.FrozenTrial;
import org.tinytune.search.trial.TrialResult;

class TimeBudgetTest {
    /** Four times the passes of a trial, on twice its threads, which is 1.5 times as fast: 8/3 of a trial's time. */
    private static final double PASSES_RATIO = 4;

    private static final double THREADS_RATIO = 2;

    private long seconds;
    private TimeBudget budget;

    @BeforeEach
    void begin() {
        begin(0);
    }

    private void begin(double playOffRatio) {
        budget = new TimeBudget(
                Duration.ofSeconds(100),
                playOffRatio,
                PASSES_RATIO,
                THREADS_RATIO,
                ModelSearch.BY_RANK,
                () -> Duration.ofSeconds(seconds).toNanos());
    }

    private static FrozenTrial proposed(int number, long macs) {
        Feasibility fits = new Feasibility(List.of(-1.0), Map.of("macs", Long.toString(macs)));
        return FrozenTrial.proposed(number, new Parameters(Map.of("n", number)), fits);
    }

    private static FrozenTrial finished(int number, long macs, double accuracy) {
        return proposed(number, macs)
                .finished(TrialResult.complete(accuracy).withAttribute(TrialFigures.INT8_LOSS, "0.5"));
    }

    private void trial(int number, long macs, double accuracy, int takesSeconds) {
        budget.trialStarted(proposed(number, macs));
        seconds += takesSeconds;
        budget.trialFinished(finished(number, macs, accuracy));
    }

    private double secondsForTrials() {
        return budget.forTrials().toMillis() / 1000.0;
    }

    @Test
    void dividesTheTimeInAFixedWayAsLongAsNothingIsKnown() {
        assertThat(secondsForTrials()).isEqualTo(60);
    }

    @Test
    void leavesTheLastTrainingTheTimeThatTheBestTrialForetells() {
        trial(0, 1000, 0.9, 12);
        assertThat(secondsForTrials()).isEqualTo(75 - 32);
        trial(1, 500, 0.8, 3);
        assertThat(secondsForTrials()).as("after a worse trial").isEqualTo(75 - 32);
        trial(2, 500, 0.95, 6);
        assertThat(secondsForTrials()).as("after a better trial").isEqualTo(75 - 16);
    }

    @Test
    void leavesTheTrialsAPartHoweverLongTheLastTrainingWillTake() {
        trial(0, 1000, 0.9, 90);
        assertThat(secondsForTrials()).isEqualTo(20);
    }

    @Test
    void reckonsByMultiplicationsWhatAnEarlierRunDidNotTimeForIt() {
        budget.resumeAfter(List.of(finished(0, 2000, 0.99)));
        assertThat(secondsForTrials()).isEqualTo(60);
        trial(1, 1000, 0.9, 6);
        assertThat(secondsForTrials()).isEqualTo(75 - 32);
    }

    @Test
    void doesNotCountTrialsThatWereNeitherStartedNorFinished() {
        budget.trialFinished(finished(0, 1000, 0.9));
        assertThat(secondsForTrials()).isEqualTo(60);
        budget.trialStarted(proposed(1, 1000));
        seconds += 50;
        budget.trialFinished(proposed(1, 1000).finished(TrialResult.failed("it diverged")));
        assertThat(secondsForTrials()).isEqualTo(60);
    }

    @Test
    void leavesTimeForAPlayOffWhereTheTrialsKeepEnough() {
        begin(PASSES_RATIO);
        trial(0, 1000, 0.9, 6);
        assertThat(secondsForTrials()).isEqualTo(75 - 2 * 16);
        seconds = 75 - 2 * 16;
        assertThat(budget.leavesTimeForPlayOff()).isTrue();
        seconds++;
        assertThat(budget.leavesTimeForPlayOff()).isFalse();
    }

    @Test
    void leavesNoneForAPlayOffThatTheTrialsWouldPayFor() {
        begin(PASSES_RATIO);
        trial(0, 1000, 0.9, 12);
        assertThat(secondsForTrials()).isEqualTo(75 - 32);
    }
}
