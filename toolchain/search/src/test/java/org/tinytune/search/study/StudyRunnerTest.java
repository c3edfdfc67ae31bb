package org.tinytune.search.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.search.sampler.RandomSampler;
import org.tinytune.search.storage.InMemoryStorage;
import org.tinytune.search.trial.Feasibility;
import org.tinytune.search.trial.FeasibilityCheck;
import org.tinytune.search.trial.FrozenTrial;
import org.tinytune.search.trial.Objective;
import org.tinytune.search.trial.TrialContext;
import org.tinytune.search.trial.TrialResult;
import org.tinytune.search.trial.TrialState;
import org.tinytune.search.trial.TrialStoppedException;

@Timeout(60)
class StudyRunnerTest {
    private static final RunLimits ONE_OF_EACH = RunLimits.ofTrials(1);

    private static Study open(StudySettings settings) {
        return Study.open(settings, new InMemoryStorage());
    }

    private static StudyRunner runner(Study study, Objective objective, RunLimits limits) {
        return new StudyRunner(study, objective, limits, StudyListener.NONE);
    }

    @Test
    void anyNumberOfThreadsGivesTheSameTrials() {
        Study one = open(TestStudies.bayes(7));
        assertThat(runner(one, TestStudies::objective, RunLimits.ofTrials(15)).run())
                .isEqualTo(RunOutcome.COMPLETE);
        assertThat(one.startedTrials()).isEqualTo(15);
        assertThat(one.trials()).hasSizeGreaterThan(15).isEqualTo(one.allTrials());
        for (int threads : new int[] {2, 4}) {
            Study study = open(TestStudies.bayes(7));
            Objective uneven = trial -> {
                sleep(trial.number() * 7 % 11);
                return TestStudies.objective(trial);
            };
            RunLimits limits = RunLimits.ofTrials(15).withThreads(threads);
            assertThat(runner(study, uneven, limits).run()).isEqualTo(RunOutcome.COMPLETE);
            assertThat(study.trials()).as("%d threads", threads).isEqualTo(one.trials());
        }
    }

    @Test
    void worksOnSeveralTrialsAtOnce() {
        CountDownLatch together = new CountDownLatch(3);
        Objective meeting = trial -> {
            together.countDown();
            assertThat(await(together)).as("three trials run at once").isTrue();
            return TrialResult.complete(1);
        };
        Study study = open(TestStudies.random(1));
        assertThat(runner(study, meeting, RunLimits.ofTrials(3).withThreads(3)).run())
                .isEqualTo(RunOutcome.COMPLETE);
    }

    @Test
    void goesOnWhereAnotherRunEnded() {
        Study whole = open(TestStudies.bayes(3));
        runner(whole, TestStudies::objective, RunLimits.ofTrials(12)).run();
        InMemoryStorage storage = new InMemoryStorage();
        for (int trials : new int[] {1, 2, 5, 12}) {
            Study part = Study.open(TestStudies.bayes(3), storage);
            assertThat(runner(part, TestStudies::objective, RunLimits.ofTrials(trials))
                            .run())
                    .isEqualTo(RunOutcome.COMPLETE);
            assertThat(part.trials())
                    .isEqualTo(whole.trials().subList(0, part.trials().size()));
        }
        assertThat(storage.trials()).isEqualTo(whole.trials());
    }

    @Test
    void doesNothingWhereAllIsDone() {
        Study study = open(TestStudies.random(1));
        runner(study, TestStudies::objective, RunLimits.ofTrials(3)).run();
        Objective never = trial -> {
            throw new AssertionError("evaluated again");
        };
        assertThat(runner(study, never, ONE_OF_EACH).run()).isEqualTo(RunOutcome.COMPLETE);
        assertThat(study.trials()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void theTimeLimitDecidesWhichTrialIsTheLast(int threads) {
        Objective endless = trial -> {
            if (trial.number() < 4) {
                return TestStudies.objective(trial);
            }
            return untilStopped(trial);
        };
        Study study = open(TestStudies.random(1));
        RunLimits limits = RunLimits.UNLIMITED.withThreads(threads).withTimeLimit(Duration.ofMillis(300));
        assertThat(runner(study, endless, limits).run()).isEqualTo(RunOutcome.TIME_LIMIT);
        Study unlimited = open(TestStudies.random(1));
        runner(unlimited, TestStudies::objective, RunLimits.ofTrials(4)).run();
        assertThat(study.trials()).isEqualTo(unlimited.trials());
        assertThat(study.hasInterrupted())
                .as("what was at work is evaluated again")
                .isTrue();
    }

    @Test
    void aTimeLimitThatGrowsWhenItIsOverIsOverAllTheSame() {
        AtomicReference<Duration> limit = new AtomicReference<>(Duration.ofMillis(200));
        Study study = open(TestStudies.random(1));
        Objective slow = trial -> {
            TrialResult result = TestStudies.objective(trial);
            if (trial.number() == 0) {
                while (!trial.isStopRequested()) {
                    sleep(2);
                }
                limit.set(Duration.ofHours(1));
                return result;
            }
            return untilStopped(trial);
        };
        RunLimits limits = RunLimits.UNLIMITED.withThreads(2).withTimeLimit(limit::get);
        assertThat(runner(study, slow, limits).run()).isEqualTo(RunOutcome.TIME_LIMIT);
        assertThat(limit.get()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void startsNothingWhenTheTimeIsUp() {
        Study study = open(TestStudies.random(1));
        RunLimits limits = RunLimits.UNLIMITED.withTimeLimit(Duration.ZERO);
        assertThat(runner(study, TestStudies::objective, limits).run()).isEqualTo(RunOutcome.TIME_LIMIT);
        assertThat(study.allTrials()).isEmpty();
    }

    @Test
    void stopsOnRequest() {
        Study study = open(TestStudies.random(1));
        AtomicReference<StudyRunner> runner = new AtomicReference<>();
        runner.set(runner(
                study,
                trial -> {
                    if (trial.number() < 2) {
                        return TestStudies.objective(trial);
                    }
                    runner.get().requestStop();
                    return untilStopped(trial);
                },
                RunLimits.ofTrials(10).withThreads(2)));
        assertThat(runner.get().run()).isEqualTo(RunOutcome.INTERRUPTED);
        assertThat(study.trials()).hasSize(2);
        assertThat(runner(study, TestStudies::objective, RunLimits.ofTrials(10)).run())
                .isEqualTo(RunOutcome.COMPLETE);
        Study whole = open(TestStudies.random(1));
        runner(whole, TestStudies::objective, RunLimits.ofTrials(10)).run();
        assertThat(study.trials()).isEqualTo(whole.trials());
    }

    /** A proposal may take a second: what is asked for meanwhile holds for the trial that it gives. */
    @Test
    void startsNoTrialThatWasProposedWhenItWasToStop() {
        AtomicReference<StudyRunner> runner = new AtomicReference<>();
        FeasibilityCheck stopping = parameters -> {
            runner.get().requestStop();
            return Feasibility.UNCONSTRAINED;
        };
        Study study = open(TestStudies.random(1).withConstraints(stopping));
        AtomicInteger evaluations = new AtomicInteger();
        runner.set(runner(
                study,
                trial -> {
                    evaluations.incrementAndGet();
                    return TrialResult.complete(1);
                },
                RunLimits.ofTrials(5)));
        assertThat(runner.get().run()).isEqualTo(RunOutcome.INTERRUPTED);
        assertThat(evaluations).hasValue(0);
        assertThat(study.hasInterrupted()).isTrue();
    }

    @Test
    void anInterruptedThreadStopsTheRunAndStaysInterrupted() {
        Study study = open(TestStudies.random(1));
        Thread.currentThread().interrupt();
        RunOutcome outcome = runner(study, StudyRunnerTest::untilStopped, RunLimits.ofTrials(3))
                .run();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(outcome).isEqualTo(RunOutcome.INTERRUPTED);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void anExceptionOfTheObjectiveEndsTheRunAndTheStudyCanBeResumed(int threads) {
        Study study = open(TestStudies.random(1));
        Objective failing = trial -> {
            if (trial.number() == 2) {
                throw new IllegalStateException("no such file");
            }
            return trial.number() < 2 ? TestStudies.objective(trial) : untilStopped(trial);
        };
        StudyRunner runner = runner(study, failing, RunLimits.ofTrials(8).withThreads(threads));
        assertThatThrownBy(runner::run)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no such file");
        assertThat(study.trials()).hasSize(2);

        assertThat(runner(study, TestStudies::objective, RunLimits.ofTrials(8)).run())
                .as("on the same object too")
                .isEqualTo(RunOutcome.COMPLETE);
        Study whole = open(TestStudies.random(1));
        runner(whole, TestStudies::objective, RunLimits.ofTrials(8)).run();
        assertThat(study.trials()).isEqualTo(whole.trials());
    }

    @Test
    void anErrorAndAResultOfAnotherShapeEndTheRunToo() {
        Objective error = trial -> {
            throw new StackOverflowError();
        };
        assertThatThrownBy(() ->
                        runner(open(TestStudies.random(1)), error, ONE_OF_EACH).run())
                .isInstanceOf(StackOverflowError.class);
        Objective shape = trial -> TrialResult.complete(1, 2);
        assertThatThrownBy(() ->
                        runner(open(TestStudies.random(1)), shape, ONE_OF_EACH).run())
                .isInstanceOf(IllegalArgumentException.class);
        Objective stopped = trial -> {
            throw new TrialStoppedException();
        };
        assertThatThrownBy(() -> runner(open(TestStudies.random(1)), stopped, ONE_OF_EACH)
                        .run())
                .hasMessageContaining("trial 0 stopped though nobody asked it to");
    }

    @Test
    void anExceptionOfTheListenerEndsTheRun() {
        Study study = open(TestStudies.random(1));
        StudyListener failing = new StudyListener() {
            @Override
            public void trialFinished(FrozenTrial trial) {
                throw new IllegalStateException("no terminal");
            }
        };
        StudyRunner runner = new StudyRunner(study, TestStudies::objective, RunLimits.ofTrials(5), failing);
        assertThatThrownBy(runner::run).hasMessage("no terminal");
        assertThat(study.trials()).as("told before the listener was").hasSize(1);
        assertThat(study.hasInterrupted()).isFalse();
    }

    @Test
    void anObjectiveThatDoesNotStopIsLeftBehind() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        AtomicReference<Throwable> atReport = new AtomicReference<>();
        CountDownLatch reported = new CountDownLatch(1);
        AtomicReference<StudyRunner> runner = new AtomicReference<>();
        Study study = open(TestStudies.random(1));
        Objective deaf = trial -> {
            runner.get().requestStop();
            await(release);
            try {
                trial.report(0, 1);
            } catch (TrialStoppedException e) {
                atReport.set(e);
                reported.countDown();
                throw e;
            }
            return TrialResult.complete(99);
        };
        runner.set(runner(study, deaf, RunLimits.ofTrials(3).withStopGrace(Duration.ofMillis(100))));
        long start = System.nanoTime();
        assertThat(runner.get().run()).isEqualTo(RunOutcome.INTERRUPTED);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        release.countDown();
        assertThat(await(reported)).isTrue();
        assertThat(atReport.get()).isInstanceOf(TrialStoppedException.class);
        assertThat(study.trials()).as("what it did late does not count").isEmpty();
    }

    /** Its late result is ignored, and its trial is free again. */
    @Test
    void aLateResultIsIgnored() {
        CountDownLatch release = new CountDownLatch(1);
        AtomicReference<StudyRunner> runner = new AtomicReference<>();
        Study study = open(TestStudies.random(1));
        Objective deaf = trial -> {
            runner.get().requestStop();
            await(release);
            return TrialResult.complete(99);
        };
        runner.set(runner(study, deaf, RunLimits.ofTrials(1).withStopGrace(Duration.ofMillis(50))));
        assertThat(runner.get().run()).isEqualTo(RunOutcome.INTERRUPTED);
        release.countDown();
        for (int i = 0; i < 1000 && !study.hasInterrupted(); i++) {
            sleep(5);
        }
        assertThat(study.hasInterrupted()).isTrue();
        assertThat(study.trials()).isEmpty();
        assertThat(runner(study, TestStudies::objective, ONE_OF_EACH).run()).isEqualTo(RunOutcome.COMPLETE);
        assertThat(study.trials().get(0).values().get(0)).isNotEqualTo(99);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void givesUpAfterAStreakOfRejectedProposals(int threads) {
        FeasibilityCheck never = parameters -> new Feasibility(List.of(1.0), Map.of());
        Study study =
                open(StudySettings.of(TestStudies.SPACE, new RandomSampler(), 1).withConstraints(never, "ram"));
        RunLimits limits = RunLimits.ofTrials(5).withThreads(threads).withInfeasibleStreak(12);
        assertThat(runner(study, TestStudies::objective, limits).run()).isEqualTo(RunOutcome.NO_FEASIBLE_PROPOSAL);
        assertThat(study.trials()).hasSize(12).allMatch(trial -> trial.state() == TrialState.INFEASIBLE);
        assertThat(runner(study, TestStudies::objective, limits).run()).isEqualTo(RunOutcome.NO_FEASIBLE_PROPOSAL);
        assertThat(study.trials())
                .as("the same trial is the last, however often it runs")
                .hasSize(12);
        assertThat(runner(study, TestStudies::objective, limits.withInfeasibleStreak(20))
                        .run())
                .isEqualTo(RunOutcome.NO_FEASIBLE_PROPOSAL);
        assertThat(study.trials()).hasSize(20);
    }

    @Test
    void tellsTheListenerOfEveryStep() {
        List<String> steps = new ArrayList<>();
        StudyListener listener = new StudyListener() {
            @Override
            public void trialStarted(FrozenTrial trial) {
                steps.add("started " + trial.number());
            }

            @Override
            public void intermediateValue(int number, int epoch, double value) {
                steps.add("value " + number + " " + epoch + " " + value);
            }

            @Override
            public void trialFinished(FrozenTrial trial) {
                steps.add("finished " + trial.number() + " " + trial.state());
            }
        };
        FeasibilityCheck first = parameters -> new Feasibility(List.of(steps.isEmpty() ? 1.0 : -1.0), Map.of());
        Study study = open(TestStudies.random(1).withConstraints(first, "ram"));
        Objective objective = trial -> {
            trial.report(3, 0.5);
            return TrialResult.pruned();
        };
        new StudyRunner(study, objective, RunLimits.ofTrials(1), listener).run();
        assertThat(steps).containsExactly("finished 0 INFEASIBLE", "started 1", "value 1 3 0.5", "finished 1 PRUNED");
    }

    @Test
    void limitsAreChecked() {
        assertThatThrownBy(() -> RunLimits.ofTrials(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RunLimits.UNLIMITED.withThreads(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RunLimits.UNLIMITED.withInfeasibleStreak(0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static TrialResult untilStopped(TrialContext trial) {
        for (int i = 0; i < 10_000; i++) {
            trial.throwIfStopRequested();
            sleep(2);
        }
        throw new AssertionError("nobody asked trial " + trial.number() + " to stop");
    }

    private static void sleep(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
